import { endOnSignals } from './interruption';

const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
const told = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
let now = 0;
jest.spyOn(performance, 'now').mockImplementation(() => now);

afterEach(() => {
  exit.mockClear();
  told.mockClear();
});

it('handles the first SIGINT, reports it once or twice, and ends the process on the next', () => {
  const [work, cleanUp] = [jest.fn(), jest.fn()];
  const interruption = endOnSignals(cleanUp);
  try {
    interruption.instead(work);
    process.emit('SIGINT', 'SIGINT');
    now += 20;
    process.emit('SIGINT', 'SIGINT');
    expect(work).toHaveBeenCalledTimes(1);
    expect(exit).not.toHaveBeenCalled();
    now += 5000;
    process.emit('SIGINT', 'SIGINT');
    expect(work).toHaveBeenCalledTimes(1);
    expect(cleanUp).toHaveBeenCalledTimes(1);
    expect(exit).toHaveBeenCalledWith(130);
    expect(String(told.mock.calls[0][0])).toMatch(/^error: SIGINT: stopped; /);
  } finally {
    interruption.stop();
  }
});

it('ends the process on SIGINT when no longer handled, and always on SIGTERM', () => {
  const work = jest.fn();
  const interruption = endOnSignals();
  try {
    const restore = interruption.instead(work);
    process.emit('SIGTERM', 'SIGTERM');
    expect(exit).toHaveBeenLastCalledWith(143);
    restore();
    now += 5000;
    process.emit('SIGINT', 'SIGINT');
    expect(exit).toHaveBeenLastCalledWith(130);
    expect(work).not.toHaveBeenCalled();
  } finally {
    interruption.stop();
  }
});
