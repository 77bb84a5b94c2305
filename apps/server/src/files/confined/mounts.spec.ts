import { fileSystemType } from './mounts.js';

const MOUNT_INFO = `21 27 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw
22 27 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:14 - proc proc rw
27 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
28 27 0:5 /a\\040-\\040b /mnt/with\\040-\\040b rw shared:1 master:2 propagate_from:3 - xfs /dev/sdb rw
2 27 0:9 / /x rw - tmpfs tmpfs rw
`;

describe(fileSystemType.name, () => {
  it.each([
    ['21', 'sysfs'],
    ['22', 'proc'],
    ['27', 'ext4'],
    ['28', 'xfs'],
    ['2', 'tmpfs'],
    ['1', undefined],
    ['', undefined],
  ])('knows mount %s', (id, type) => {
    expect(fileSystemType(MOUNT_INFO, id)).toBe(type);
  });
});
