/** Times are UTC and absolute (UX, principle 8). All take ms since 1970 or ISO 8601; what is no time is shown as it is. */
export function dayText(time: number | string): string {
  return iso(time)?.slice(0, 10) ?? String(time);
}

/** `2025-08-14 09:05`, for columns whose zone is understood. */
export function minuteText(time: number | string): string {
  return iso(time)?.slice(0, 16).replace('T', ' ') ?? String(time);
}

/** `2025-08-14 09:05:30 UTC`. */
export function secondText(time: number | string): string {
  const text = iso(time);
  return text === null ? String(time) : `${text.slice(0, 19).replace('T', ' ')} UTC`;
}

function iso(time: number | string): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
