/** ISO 8601, UTC. A commit may claim a time beyond every calendar: its milliseconds as they are. */
export function isoTime(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}
