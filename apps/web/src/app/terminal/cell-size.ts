/** One cell as both of xterm's renderers lay it out. Sizes in CSS pixels. */
export interface CellLayout {
  /** Font size to give to xterm: the wanted one, moved so that cells are whole device pixels wide. */
  readonly fontSize: number;
  readonly width: number;
  readonly height: number;
}

/** Width and height of the letter W at a font size. */
export type Measure = (fontSize: number) => { readonly width: number; readonly height: number };

/** Device pixels by which a cell may be wider than whole: kept small, as it adds up over the columns. */
const NUDGE_STEP = 0.002;
const NUDGE_MAX = 0.1;

/**
 * The WebGL renderer rounds a cell down to whole device pixels, the DOM renderer does not
 * (WebglRenderer.ts, DomRenderer.ts: `_updateDimensions`), so panes drawn by both would drift. At the
 * font size answered here the width is whole, and both agree.
 */
export function layOutCell(wanted: number, devicePixelRatio: number, measure: Measure): CellLayout {
  const natural = measure(wanted).width * devicePixelRatio;
  const devicePixels = Math.max(1, Math.round(natural));
  // Browsers snap glyph widths to a grid of their own, so the first size above may still fall short.
  let used = { fontSize: wanted, size: measure(wanted) };
  for (let nudge = NUDGE_STEP; natural > 0 && nudge <= NUDGE_MAX; nudge += NUDGE_STEP) {
    const fontSize = (wanted * (devicePixels + nudge)) / natural;
    const size = measure(fontSize);
    if (Math.floor(size.width * devicePixelRatio) === devicePixels) {
      used = { fontSize, size };
      break;
    }
  }
  return {
    fontSize: used.fontSize,
    width: Math.max(1, Math.floor(used.size.width * devicePixelRatio)) / devicePixelRatio,
    height: Math.max(1, Math.ceil(used.size.height * devicePixelRatio)) / devicePixelRatio,
  };
}

/** Measures as xterm does (its CharSizeService), null where the browser cannot. */
export function canvasMeasure(fontFamily: string): Measure | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) return null;
  return (fontSize) => {
    context.font = `${String(fontSize)}px ${fontFamily}`;
    const { width, fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText('W');
    return { width, height: fontBoundingBoxAscent + fontBoundingBoxDescent };
  };
}
