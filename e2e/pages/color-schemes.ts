/**
 * The themes that every screen is pictured in. Layout does not depend on colours, so `npm test` takes dark only;
 * `SCREENS=all` takes both, to look at.
 */
export const COLOR_SCHEMES: readonly ('dark' | 'light')[] =
  process.env['SCREENS'] === 'all' ? ['dark', 'light'] : ['dark'];
