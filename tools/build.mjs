// `npm run build`, also before `npm pack`: everything from a bare clone to dist/.
import { exitWith } from './runtime/user-error.mjs';
import { prepare } from './setup/prepare.mjs';

await exitWith(async () => {
  await prepare([]);
  return 0;
});
