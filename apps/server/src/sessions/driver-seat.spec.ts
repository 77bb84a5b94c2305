import { DriverSeat } from './driver-seat.js';

describe(DriverSeat.name, () => {
  it('is empty at first', () => {
    const seat = new DriverSeat();
    expect(seat.holder).toBeNull();
    expect(seat.size).toBeUndefined();
  });

  it('is taken from whoever has it', () => {
    const seat = new DriverSeat();
    expect(seat.take('one')).toBe(true);
    expect(seat.take('two')).toBe(true);
    expect(seat.holder).toBe('two');
  });

  it('changes nothing when its holder takes it again', () => {
    const seat = new DriverSeat();
    seat.take('one');
    expect(seat.take('one')).toBe(false);
    expect(seat.holder).toBe('one');
  });

  it('falls empty when its holder leaves, and only then', () => {
    const seat = new DriverSeat();
    seat.take('one');
    expect(seat.leave('two')).toBe(false);
    expect(seat.holder).toBe('one');
    expect(seat.leave('one')).toBe(true);
    expect(seat.holder).toBeNull();
    expect(seat.leave('one')).toBe(false);
  });

  it('keeps the last size when its holder leaves', () => {
    const seat = new DriverSeat();
    seat.take('one');
    seat.resize({ cols: 100, rows: 30 });
    seat.resize({ cols: 120, rows: 40 });
    seat.leave('one');
    expect(seat.size).toEqual({ cols: 120, rows: 40 });
  });
});
