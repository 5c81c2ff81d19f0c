import { Argument, type Command } from 'commander';
import type { Io } from '../io.ts';
import { withExamples } from './run.ts';

type Node = { path: string; words: string[] };

const wordsOf = (command: Command, inherited: readonly string[]): string[] => [
  ...command.commands.map((child) => child.name()),
  ...command.options.flatMap((option) => (option.long ? [option.long] : [])),
  ...inherited,
];

/** Every command with the words that may follow it. */
const nodesOf = (command: Command, path: string, inherited: readonly string[]): Node[] => [
  { path, words: wordsOf(command, path === '' ? [] : inherited) },
  ...command.commands.flatMap((child) =>
    nodesOf(child, path === '' ? child.name() : `${path} ${child.name()}`, inherited),
  ),
];

const bashScript = (
  nodes: readonly Node[],
): string => `# Completion of muster for bash: eval "$(muster completion bash)"
_muster() {
  local path="" word
  local current="\${COMP_WORDS[COMP_CWORD]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $word" in
${nodes
  .filter((node) => node.path !== '')
  .map((node) => {
    const parent = node.path.split(' ').slice(0, -1).join(' ');
    return `      "${parent} ${node.path.split(' ').at(-1)}") path="${node.path}" ;;`;
  })
  .join('\n')}
    esac
  done
  case "$path" in
${nodes.map((node) => `    "${node.path}") COMPREPLY=($(compgen -W "${node.words.join(' ')}" -- "$current")) ;;`).join('\n')}
  esac
}
complete -o default -F _muster muster`;

const zshScript = (nodes: readonly Node[]): string =>
  `# Completion of muster for zsh: eval "$(muster completion zsh)"
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${bashScript(nodes).split('\n').slice(1).join('\n')}`;

/** The script for a shell, derived from the commands themselves. */
export const completionScript = (program: Command, shell: string): string => {
  const globals = program.options.flatMap(({ long }) => (long && long !== '--version' ? [long] : []));
  const nodes = nodesOf(program, '', globals);
  return shell === 'zsh' ? zshScript(nodes) : bashScript(nodes);
};

export const addCompletion = (program: Command, io: Io): void => {
  withExamples(
    program
      .command('completion')
      .description('script that completes commands and options on the tab key')
      .addArgument(new Argument('<shell>').choices(['bash', 'zsh']))
      .action((shell: string) => io.out(`${completionScript(program, shell)}\n`)),
    'eval "$(muster completion bash)"',
    'muster completion zsh >> ~/.zshrc',
  );
};
