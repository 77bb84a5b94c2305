/* global document, localStorage, matchMedia */
// Before the first paint, so that the page never flashes in the other theme. `Theme` (src/app/ui)
// goes on from here, and says the same.
(() => {
  const isLight = matchMedia('(prefers-color-scheme: light)').matches;
  const chosen = localStorage.getItem('tmuxy.theme');
  const isChosen = chosen === 'light' || chosen === 'dark';
  document.documentElement.dataset.theme = isChosen ? chosen : isLight ? 'light' : 'dark';
})();
