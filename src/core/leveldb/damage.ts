/** Bytes that are not what LevelDB wrote. Thrown inside `core/leveldb` only; whoever reads a file makes a `StoreProblem` of it. */
export function damage(kind: string, message: string, offset = 0): Damage {
  return Object.assign(new Error(message), { kind, offset, isDamage: true as const });
}

export type Damage = Error & { readonly kind: string; readonly offset: number; readonly isDamage: true };

export function isDamage(error: unknown): error is Damage {
  return error instanceof Error && 'isDamage' in error;
}
