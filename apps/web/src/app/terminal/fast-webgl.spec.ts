import { hasFastWebgl } from './fast-webgl';

/** A document whose canvases give this context. */
function documentWith(context: object | null): Document {
  return { createElement: () => ({ getContext: () => context }) } as unknown as Document;
}

function contextOf(renderer: string): { readonly context: object; readonly lost: () => boolean } {
  let isLost = false;
  const extensions: Readonly<Record<string, object>> = {
    WEBGL_debug_renderer_info: { UNMASKED_RENDERER_WEBGL: 1 },
    WEBGL_lose_context: { loseContext: () => (isLost = true) },
  };
  return {
    context: {
      getExtension: (name: string) => extensions[name] ?? null,
      getParameter: (name: number) => (name === 1 ? renderer : null),
    },
    lost: () => isLost,
  };
}

describe(hasFastWebgl.name, () => {
  it.each([
    ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060, OpenGL 4.5)', true],
    ['Apple M2', true],
    ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)', false],
    ['llvmpipe (LLVM 15.0.6, 256 bits)', false],
    ['Microsoft Basic Render Driver', false],
  ])('judges %s as %s', (renderer, isFast) => {
    expect(hasFastWebgl(documentWith(contextOf(renderer).context))).toBe(isFast);
  });

  it('says no where there is no WebGL', () => {
    expect(hasFastWebgl(documentWith(null))).toBe(false);
  });

  it('gives the context back', () => {
    const { context, lost } = contextOf('Apple M2');
    hasFastWebgl(documentWith(context));
    expect(lost()).toBe(true);
  });
});
