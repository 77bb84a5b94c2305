/** Rows drawn beyond each edge of what is seen, so that scrolling does not show gaps. */
const BEYOND = 12;
/** Drawn where the height is not known yet. */
const FIRST_ROWS = 40;

/** The part of a list of equally high rows that is drawn. */
export interface RowWindow {
  /** Index of the first row. */
  readonly from: number;
  /** Index after the last row. */
  readonly to: number;
}

/** Which of `count` rows to draw. All lengths in pixels. */
export function rowWindow(view: {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly height: number;
}): RowWindow {
  const { count, rowHeight, scrollTop, height } = view;
  const first = Math.min(Math.floor(scrollTop / rowHeight), Math.max(0, count - 1));
  const seen = height === 0 ? FIRST_ROWS : Math.ceil(height / rowHeight) + 1;
  return { from: Math.max(0, first - BEYOND), to: Math.min(count, first + seen + BEYOND) };
}

/** Where to scroll so that row `index` is seen; as little as possible. */
export function scrollTopToShow(
  index: number,
  view: { readonly rowHeight: number; readonly scrollTop: number; readonly height: number },
): number {
  const top = index * view.rowHeight;
  const bottom = top + view.rowHeight;
  if (top < view.scrollTop) return top;
  return bottom > view.scrollTop + view.height ? bottom - view.height : view.scrollTop;
}
