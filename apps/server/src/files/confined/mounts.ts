import { readFileSync } from 'node:fs';

/**
 * File systems that are no files but the kernel's state: processes, devices, settings. Never given. `tmpfs` and
 * `devtmpfs` have the same number in statfs(2), so they are told apart by name.
 */
const KERNEL_FILE_SYSTEMS: ReadonlySet<string> = new Set([
  ...[
    'proc',
    'sysfs',
    'devtmpfs',
    'devpts',
    'cgroup',
    'cgroup2',
    'debugfs',
    'tracefs',
    'securityfs',
  ],
  ...[
    'bpf',
    'configfs',
    'pstore',
    'efivarfs',
    'fusectl',
    'mqueue',
    'binfmt_misc',
    'autofs',
    'nsfs',
  ],
  ...['selinuxfs', 'smackfs', 'resctrl', 'rpc_pipefs', 'nfsd', 'hugetlbfs', 'functionfs', 'xenfs'],
]);

/**
 * Whether files of a mount may be given at all. One that is not listed (of another namespace, or gone) may not.
 *
 * @param mountId as `mountIdOf` says, of a descriptor that is open, or the number may be another's by now
 */
export function isMountOfFiles(mountId: string): boolean {
  const type = fileSystemType(readFileSync('/proc/self/mountinfo', 'latin1'), mountId);
  return type !== undefined && !KERNEL_FILE_SYSTEMS.has(type);
}

/** Reads proc_pid_mountinfo(5): the type stands behind a hyphen, behind any number of optional fields. */
export function fileSystemType(mountInfo: string, mountId: string): string | undefined {
  for (const line of mountInfo.split('\n')) {
    if (!line.startsWith(`${mountId} `)) continue;
    const fields = line.split(' ');
    const separator = fields.indexOf('-', 6);
    return separator < 0 ? undefined : fields[separator + 1];
  }
  return undefined;
}
