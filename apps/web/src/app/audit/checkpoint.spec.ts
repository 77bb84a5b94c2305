import { checkpointSize } from './checkpoint';
import { FAKE_STATUS } from './fake-records';

describe(checkpointSize.name, () => {
  it('reads the second line of a signed note, and nothing else', () => {
    expect(checkpointSize(FAKE_STATUS.checkpoint)).toBe(90);
    expect([null, '', 'x\n-1\n', 'x\n1e3\n', 'one line'].map(checkpointSize)).toEqual(
      Array(5).fill(null),
    );
  });
});
