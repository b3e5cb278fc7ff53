/** One line of the log; `level` is debug for what worked, warn for a refusal, error for a failure. */
export type LogEvent = { readonly level: 'debug' | 'warn' | 'error' } & Readonly<Record<string, unknown>>;

export type LogDestination = { write(text: string): void };

/**
 * JSON lines by pino, to stderr; never to stdout, which belongs to the caller's answers. pino is loaded with the first line.
 * The text is ASCII, so that a name from a file cannot move a terminal's cursor. A log that cannot be written stops
 * nothing.
 */
export function openLog(destination?: LogDestination): (event: LogEvent) => Promise<void> {
  let log: Promise<(event: LogEvent) => void> | undefined;
  return async (event) => {
    log ??= loadLog(destination);
    (await log)(event);
  };
}

async function loadLog(given: LogDestination | undefined): Promise<(event: LogEvent) => void> {
  const { pino } = await import('pino');
  const destination = given ?? standardError(pino.destination({ dest: 2, sync: true }));
  const write = (text: string) => {
    destination.write(inAscii(text));
  };
  const logger = pino({ base: null, level: 'debug', timestamp: pino.stdTimeFunctions.isoTime }, { write });
  return ({ level, ...event }) => {
    logger[level](event);
  };
}

function standardError(stream: LogDestination & { on(event: 'error', listener: () => void): unknown }): LogDestination {
  let isGone = false;
  // A closed stderr must not end the process that deploys.
  stream.on('error', () => {
    isGone = true;
  });
  return {
    write(text) {
      if (!isGone) stream.write(text);
    },
  };
}

/** JSON stays the same JSON: outside ASCII there is nothing but text in quotes. */
function inAscii(text: string): string {
  return text.replace(/[^\x20-\x7e\n]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
