import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';

setupZonelessTestEnv();

// jsdom has no canvas and says so at length when xterm asks for one; null is the answer it can take.
HTMLCanvasElement.prototype.getContext = () => null;
