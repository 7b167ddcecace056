export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A command as completion knows it. */
export interface Described {
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    readonly flag: string;
    readonly description: string;
    readonly takes: 'nothing' | 'text' | 'file' | readonly string[];
  }[];
}

/** The script of a shell. It calls nothing: what can be typed next is written into it. */
export function scriptFor(shell: Shell, commands: readonly Described[]): string {
  if (shell === 'bash') return bash(commands);
  return shell === 'zsh' ? zsh(commands) : fish(commands);
}

function bash(commands: readonly Described[]): string {
  const values = new Map(
    commands.flatMap(({ options }) =>
      options.flatMap(({ flag, takes }) => (typeof takes === 'object' ? [[flag, takes] as const] : [])),
    ),
  );
  const files = commands.flatMap(({ options }) =>
    options.flatMap(({ flag, takes }) => (takes === 'file' ? [flag] : [])),
  );
  return `# bash completion for dms-handshake
_dms_handshake() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=( $(compgen -W "${[...commands.map(({ name }) => name), 'help', '--help', '--version'].join(' ')}" -- "$current") )
    return
  fi
  case "$previous" in
${[...values].map(([flag, words]) => `    ${flag}) COMPREPLY=( $(compgen -W "${words.join(' ')}" -- "$current") ); return ;;`).join('\n')}
    ${[...new Set(files)].join('|')}) COMPREPLY=( $(compgen -f -- "$current") ); return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${commands.map(({ name, options }) => `    ${name}) COMPREPLY=( $(compgen -W "${[...options.map(({ flag }) => flag), '--help'].join(' ')}" -- "$current") ) ;;`).join('\n')}
  esac
}
complete -F _dms_handshake dms-handshake
`;
}

function zsh(commands: readonly Described[]): string {
  const action = (takes: Described['options'][number]['takes']): string => {
    if (takes === 'nothing') return '';
    if (takes === 'file') return ':file:_files';
    return takes === 'text' ? ':value:' : `:value:(${takes.join(' ')})`;
  };
  return `#compdef dms-handshake
# zsh completion for dms-handshake
_dms_handshake() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    '${name}:${quoted(description)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands
  .map(
    ({ name, options }) => `    ${name})
      _arguments \\
${options.map(({ flag, description, takes }) => `        '${flag}[${quoted(description).replaceAll(/[[\]]/g, '')}]${action(takes)}' \\`).join('\n')}
        '--help[show help]' ;;`,
  )
  .join('\n')}
  esac
}
_dms_handshake "$@"
`;
}

function fish(commands: readonly Described[]): string {
  const lines = commands.flatMap(({ name, description, options }) => [
    `complete -c dms-handshake -n __fish_use_subcommand -f -a ${name} -d '${quoted(description)}'`,
    ...options.map(({ flag, description: text, takes }) => {
      const argument = takes === 'nothing' ? '' : takes === 'file' ? ' -r -F' : ' -x';
      const words = typeof takes === 'object' ? ` -a '${takes.join(' ')}'` : '';
      return `complete -c dms-handshake -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)} -d '${quoted(text)}'${argument}${words}`;
    }),
  ]);
  return `# fish completion for dms-handshake\n${lines.join('\n')}\n`;
}

/** Inside single quotes of all three shells; a colon parts a zsh description from its name only once. */
const quoted = (text: string): string => text.replaceAll("'", '’');
