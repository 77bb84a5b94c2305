/** Renderers that draw WebGL without a graphics card, as they name themselves. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * Whether WebGL is drawn by a graphics card. In software (a virtual machine, a remote desktop) it takes several
 * times as long as the DOM renderer and holds up the page meanwhile. `failIfMajorPerformanceCaveat` is meant to
 * refuse such contexts, but Chromium's SwiftShader passes it, so the renderer's name is read as well.
 */
export function hasFastWebgl(document: Document): boolean {
  const context = document
    .createElement('canvas')
    .getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (context === null) return false;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof name !== 'string' || !SOFTWARE.test(name);
}
