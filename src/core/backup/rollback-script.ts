import { judgingPaths, quarantineFolder, unifiedFolder } from '../layout.js';
import type { BackedUpFile } from './manifest.js';
import { backupNames } from './names.js';

/**
 * EMERGENCY_ROLLBACK.sh: POSIX sh, needs git and a SHA-256 program, and no stateroot. It puts LevelDB, legacy JSON and
 * state files back and keeps what it replaces. `roots` are the state roots of the backup.
 */
export function rollbackScript(
  { id, commit }: { readonly id: string; readonly commit: string },
  files: readonly Pick<BackedUpFile, 'path' | 'category' | 'restoreTo'>[],
  roots: readonly string[],
): string {
  return `${head(id, commit)}
${roots.flatMap(asideLines).join('\n')}
${files.flatMap(fileLines).join('\n')}
${storeLines(files).join('\n')}
${tail(id, commit)}`;
}

function head(id: string, commit: string): string {
  return `#!/bin/sh
# Takes a repository back to the backup ${id}: LevelDB, legacy JSON files, and the state files
# of commit ${commit}. Nothing is deleted: what is replaced moves to before-rollback-<time>/ at its top.
# Stop deploy scripts first. Usage: sh ${backupNames.script} [--yes] [<repository>]
set -eu
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_COMMON_DIR GIT_OBJECT_DIRECTORY
yes=no
target=.
for word in "$@"; do
  case $word in
    --yes) yes=yes ;;
    -*) echo "usage: sh ${backupNames.script} [--yes] [<repository>]" >&2; exit 2 ;;
    *) target=$word ;;
  esac
done
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
top=$(git -C "$target" rev-parse --show-toplevel) || exit 4

if command -v sha256sum >/dev/null 2>&1; then check='sha256sum -c'
elif command -v shasum >/dev/null 2>&1; then check='shasum -a 256 -c'
else echo "Neither sha256sum nor shasum is here: the backup cannot be checked. Nothing was changed." >&2; exit 4
fi
if ! said=$(cd "$here" && $check ${backupNames.sums} 2>&1); then
  printf '%s\\n' "$said" | grep -v ': OK$' >&2 || true
  echo "The backup is damaged. Nothing was changed." >&2
  exit 1
fi

if [ "$yes" = no ]; then
  printf 'Take %s back to the backup ${id}? Deploy scripts must not run meanwhile. [y/N] ' "$top" >&2
  read -r answer || answer=
  case $answer in
    y|Y|yes) ;;
    *) echo "Nothing was changed." >&2; exit 1 ;;
  esac
fi

stamp=$(date -u +%Y%m%dT%H%M%SZ)-$$
aside=$top/before-rollback-$stamp
new=$top/.rollback-$stamp
mkdir "$aside"
printf '*\\n' >"$aside/.gitignore"

# $1: a path relative to the top
move_aside() {
  if [ -e "$top/$1" ] || [ -L "$top/$1" ]; then
    mkdir -p -- "$aside/$(dirname -- "$1")"
    mv -- "$top/$1" "$aside/$1"
  fi
}

# $1: a file of the backup, $2: its place relative to the top
put_back() {
  if [ ! -L "$top/$2" ] && cmp -s -- "$here/$1" "$top/$2"; then return; fi
  cp -- "$here/$1" "$new"
  move_aside "$2"
  mkdir -p -- "$top/$(dirname -- "$2")"
  mv -- "$new" "$top/$2"
}

# State files that the backup does not have
move_others() {
  for file in "$@"; do
    path=\${file#"$top"/}
    if [ ! -e "$here/${backupNames.state}/$path" ]; then move_aside "$path"; fi
  done
}

# The commits first: they add to the repository and change nothing in it.
git -C "$top" fetch --quiet --no-tags "$here/${backupNames.bundle}" HEAD
branch=refs/heads/rollback/${id}
if ! git -C "$top" rev-parse --quiet --verify "$branch" >/dev/null; then
  git -C "$top" update-ref "$branch" ${commit}
fi
`;
}

function asideLines(root: string): string[] {
  return [
    `move_others "$top"/${quoted(unifiedFolder(root))}/*.unified.json "$top"/${quoted(quarantineFolder(root))}/*.json`,
    `move_others ${judgingPaths(root)
      .map((path) => `"$top"/${quoted(path)}`)
      .join(' ')}`,
  ];
}

function fileLines({ path, category, restoreTo }: Pick<BackedUpFile, 'path' | 'category' | 'restoreTo'>): string[] {
  if (category === 'state') return [`put_back ${quoted(path)} ${quoted(path.slice(backupNames.state.length + 1))}`];
  return category === 'legacy-json' && restoreTo !== undefined ? [`put_back ${quoted(path)} ${quoted(restoreTo)}`] : [];
}

/** A LevelDB goes back as a whole: files of two of them in one folder are none. */
function storeLines(files: readonly Pick<BackedUpFile, 'category' | 'restoreTo'>[]): string[] {
  const place = files.find(({ category }) => category === 'leveldb')?.restoreTo;
  if (place === undefined) return [];
  const folder = quoted(place.slice(0, place.lastIndexOf('/')));
  return [
    `cp -R -- "$here/${backupNames.leveldb}" "$new"`,
    `move_aside ${folder}`,
    `mkdir -p -- "$top/$(dirname -- ${folder})"`,
    `mv -- "$new" "$top"/${folder}`,
  ];
}

function tail(id: string, commit: string): string {
  return `sync || true
echo "Taken back to the backup ${id}. What was replaced is in $aside"
echo "State files are in the work tree and not committed; the commit ${commit} is on branch rollback/${id}."
echo "Next: git -C \\"$top\\" status"
`;
}

/** One word of sh, whatever it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
