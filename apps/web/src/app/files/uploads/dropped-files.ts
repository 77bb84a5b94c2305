/** What was dropped, as far as it can be sent. */
export interface Dropped {
  readonly files: readonly File[];
  /** Names of directories: the server makes none. */
  readonly directories: readonly string[];
}

/** Whether a drag brings files, told before it is dropped. */
export function bringsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

export function droppedFiles(transfer: DataTransfer | null): Dropped {
  const files: File[] = [];
  const directories: string[] = [];
  for (const item of Array.from(transfer?.items ?? [])) {
    if (item.kind !== 'file') continue;
    const file = item.getAsFile();
    // A directory comes as a file of no use: reading it fails.
    if (item.webkitGetAsEntry()?.isDirectory === true) directories.push(file?.name ?? '');
    else if (file !== null) files.push(file);
  }
  return { files, directories };
}
