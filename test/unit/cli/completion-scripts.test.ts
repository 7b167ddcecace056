import { expect, it } from 'vitest';
import { type Described, scriptFor } from '../../../cli/completion/scripts.ts';

/** One option of each kind; a flag that two commands have. */
const COMMANDS: readonly Described[] = [
  {
    name: 'list',
    description: "the owner's roles",
    options: [
      { flag: '--json', description: "the roles [as JSON], 'so'", takes: 'nothing' },
      { flag: '--access', description: 'of which kind', takes: ['register', 'console'] },
      { flag: '--html', description: 'a page', takes: 'file' },
      { flag: '--side', description: 'which', takes: ['owner'] },
    ],
  },
  {
    name: 'reply',
    description: 'waits: for one',
    options: [
      { flag: '--id', description: 'of the request', takes: 'text' },
      { flag: '--html', description: 'a page', takes: 'file' },
      { flag: '--accounts', description: 'a list', takes: 'file' },
    ],
  },
];

it('of bash is this script', () => {
  expect(scriptFor('bash', COMMANDS)).toBe(`# bash completion for dms-handshake
_dms_handshake() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=( $(compgen -W "list reply help --help --version" -- "$current") )
    return
  fi
  case "$previous" in
    --access) COMPREPLY=( $(compgen -W "register console" -- "$current") ); return ;;
    --side) COMPREPLY=( $(compgen -W "owner" -- "$current") ); return ;;
    --html|--accounts) COMPREPLY=( $(compgen -f -- "$current") ); return ;;
  esac
  case "\${COMP_WORDS[1]}" in
    list) COMPREPLY=( $(compgen -W "--json --access --html --side --help" -- "$current") ) ;;
    reply) COMPREPLY=( $(compgen -W "--id --html --accounts --help" -- "$current") ) ;;
  esac
}
complete -F _dms_handshake dms-handshake
`);
});

it('of zsh is this script', () => {
  expect(scriptFor('zsh', COMMANDS)).toBe(`#compdef dms-handshake
# zsh completion for dms-handshake
_dms_handshake() {
  local -a commands
  commands=(
    'list:the owner’s roles'
    'reply:waits: for one'
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
    list)
      _arguments \\
        '--json[the roles as JSON, ’so’]' \\
        '--access[of which kind]:value:(register console)' \\
        '--html[a page]:file:_files' \\
        '--side[which]:value:(owner)' \\
        '--help[show help]' ;;
    reply)
      _arguments \\
        '--id[of the request]:value:' \\
        '--html[a page]:file:_files' \\
        '--accounts[a list]:file:_files' \\
        '--help[show help]' ;;
  esac
}
_dms_handshake "$@"
`);
});

it('of fish is this script', () => {
  expect(scriptFor('fish', COMMANDS)).toBe(`# fish completion for dms-handshake
complete -c dms-handshake -n __fish_use_subcommand -f -a list -d 'the owner’s roles'
complete -c dms-handshake -n '__fish_seen_subcommand_from list' -l json -d 'the roles [as JSON], ’so’'
complete -c dms-handshake -n '__fish_seen_subcommand_from list' -l access -d 'of which kind' -x -a 'register console'
complete -c dms-handshake -n '__fish_seen_subcommand_from list' -l html -d 'a page' -r -F
complete -c dms-handshake -n '__fish_seen_subcommand_from list' -l side -d 'which' -x -a 'owner'
complete -c dms-handshake -n __fish_use_subcommand -f -a reply -d 'waits: for one'
complete -c dms-handshake -n '__fish_seen_subcommand_from reply' -l id -d 'of the request' -x
complete -c dms-handshake -n '__fish_seen_subcommand_from reply' -l html -d 'a page' -r -F
complete -c dms-handshake -n '__fish_seen_subcommand_from reply' -l accounts -d 'a list' -r -F
`);
});
