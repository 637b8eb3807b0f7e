import completionOf from '@bomb.sh/tab/commander';
import type { Command, Option } from 'commander';

/** What the script does where nothing is suggested: complete the names of files. */
const FILES = ':0';

/** Bash has this function where the package bash-completion is installed; where it is not, words are taken as they are. */
const BASH_WITHOUT_PACKAGE = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
  _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD - 1]}
  }
fi
`;

/**
 * Bash splits words at `=` and completes what follows it, so `--preset=b` is completed as `--preset b`. Where nothing is suggested and
 * nothing forbids it, it completes the names of files.
 */
const BASH_REGISTERED = `__churn_words() {
  local word words=()
  for word in "\${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    [[ $word == "=" ]] || words+=("$word")
  done
  [[ \${COMP_WORDS[COMP_CWORD]} == "=" ]] && words+=("")
  local COMP_WORDS=("\${words[@]}") COMP_CWORD=$((\${#words[@]} - 1)) COMP_LINE="\${words[*]}"
  local COMP_POINT=\${#COMP_LINE}
  __churn_complete
}
complete -o default -F __churn_words churn
`;

/**
 * Completes commands, options and their values in bash, zsh, fish and PowerShell: prints the script for a shell, or what may follow the
 * words that this script sends.
 *
 * @param args those after `complete`.
 */
export async function complete(program: Command, args: readonly string[]): Promise<void> {
  const [first, ...words] = args;
  if (first === 'bash') process.stdout.write(BASH_WITHOUT_PACKAGE);
  if (first === '--' && wantsFile(program, words)) {
    process.stdout.write(`${FILES}\n`);
    return;
  }
  completionOf(program);
  await program.parseAsync();
  if (first === 'bash') process.stdout.write(BASH_REGISTERED);
}

/** Whether the last word may be the name of a file: as the value of an option with no choices, or as an argument that is a file. */
function wantsFile(program: Command, words: readonly string[]): boolean {
  const [before, last = ''] = words.slice(-2);
  const { options, registeredArguments } = commandOf(program, words);
  const isNamed = (name: string | undefined) => (option: Option) =>
    name === option.short || name === option.long;
  const option = options.find(isNamed(last.includes('=') ? last.split('=')[0] : before));
  if (option && takesValue(option)) return option.argChoices === undefined;
  return !last.startsWith('-') && registeredArguments[0]?.name() === 'file';
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

function commandOf(above: Command, [word, ...rest]: readonly string[]): Command {
  const command = above.commands.find((each) => each.name() === word);
  return command ? commandOf(command, rest) : above;
}
