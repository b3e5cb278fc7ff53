/** Ids of the page: the same for the same record in every report, so that a link keeps its meaning. No two names share one. */
export function recordAnchor(network: string, name: string): string {
  return `record-${anchorPart(network)}:${anchorPart(name)}`;
}

export function cellAnchor(network: string, name: string): string {
  return `cell-${anchorPart(network)}:${anchorPart(name)}`;
}

export function networkAnchor(network: string): string {
  return `network-${anchorPart(network)}`;
}

export function commitAnchor(oid: string): string {
  return `commit-${oid}`;
}

/** A name as part of an id: every other character by its code between dots. */
export function anchorPart(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, (unit) => `.${unit.charCodeAt(0).toString(16)}.`);
}
