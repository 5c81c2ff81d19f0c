import { existsSync, readFileSync } from 'node:fs';
import { script } from './kit.ts';

/**
 * A fake npm that makes the packages we ask for: a Node and a pnpm that write down what they are asked.
 * The fake pnpm obeys `run` by printing, and fails where a file `fail-pnpm` lies beside its log.
 */
export function fakeNpm(folder: string) {
  const log = `${folder}/npm.log`;
  const pnpmLog = `${folder}/pnpm.log`;
  const bin = `${folder}/bin`;
  script(
    `${bin}/npm`,
    `echo "$*" >> ${log}`,
    `if [ -e ${folder}/fail-npm ]; then echo "npm error network: no way out" >&2; exit 1; fi`,
    'for wanted; do :; done',
    'while [ $# -gt 0 ]; do [ "$1" = --prefix ] && prefix=$2; shift; done',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own expansion
    'name=${wanted%@*}; version=${wanted##*@}',
    'case $name in pnpm) file=$prefix/node_modules/@pnpm/exe.linux-x64/pnpm ;;',
    '*) file=$prefix/node_modules/$name/bin/node ;; esac',
    'mkdir -p "$(dirname "$file")"',
    'cat > "$file" <<END',
    '#!/bin/sh',
    'case \\$1 in',
    `--version) [ $name = pnpm ] && echo $version || echo v$version ;;`,
    `*) echo "\\$*" >> ${pnpmLog}; [ ! -e ${folder}/fail-pnpm ] || { echo "ERR_PNPM_NO" >&2; exit 1; } ;;`,
    'esac',
    'END',
    'chmod +x "$file"',
  );
  return { bin, npmCalls: () => lines(log), pnpmCalls: () => lines(pnpmLog) };
}

function lines(file: string) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}
