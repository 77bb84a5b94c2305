import type { ComponentFixture } from '@angular/core/testing';

/** More turns than any chain of promises here takes; then the test's own assertion speaks. */
const MAX_TURNS = 50;

/** Test only: lets promises and rendering go on until something is so. */
export async function until(
  fixture: ComponentFixture<unknown>,
  isSo: () => boolean,
): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS && !isSo(); turn++) {
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  }
}
