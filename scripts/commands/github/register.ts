import type { Command } from 'commander';
import type { CommandLine } from '../../cli/command-line.ts';
import type { GithubApplyOptions, UnitsOptions } from './apply.ts';
import type { GithubDriftOptions } from './drift.ts';

/** Adds `layanan github ...`: what the workflows in .github/workflows call. Their work is loaded when it is chosen. */
export function registerGithub(program: Command, { command, action }: CommandLine): void {
  const github = program.command('github').description('The pull request loop, as the workflows run it').exitOverride();
  command(
    'pull-request',
    'Check and plan the pull request of the event; needs no credential of a target',
    ['github pull-request'],
    github,
  ).action(action(async (_, options, io) => (await import('./pull-request.ts')).pullRequest(options, io)));
  command(
    'approval',
    'Decide on approvals of the event, or of all open pull requests',
    ['github approval'],
    github,
  ).action(action(async (_, options, io) => (await import('./approval.ts')).approval(options, io)));
  command(
    'units',
    'List units with merged and unfulfilled work, for a matrix of jobs',
    ['github units', 'github units --terms'],
    github,
  )
    .option('--terms', 'units in which a phase of a term begins too')
    .action(action(async (_, options: UnitsOptions, io) => (await import('./apply.ts')).units(options, io)));
  command('apply', 'Carry out merged work of one unit, and tell its pull requests', ['github apply --unit djp'], github)
    .requiredOption('--unit <unit>', 'the folder of the request files')
    .option('--pull <number>', 'only this pull request')
    .option('--confirm <digest>', 'the digest of a plan that you confirm anew, 32 digits')
    .option('--terms', 'carry out phases of terms that begin too')
    .action(
      action(async (_, options: GithubApplyOptions, io) => (await import('./apply.ts')).githubApply(options, io)),
    );
  command(
    'drift',
    'Publish a reading, and keep the issues on what differs or was left behind',
    ['github drift --names', 'github drift --unit djp'],
    github,
  )
    .option('--unit <unit>', 'only this unit')
    .option('--names', 'list and publish the names in use too')
    .action(
      action(async (_, options: GithubDriftOptions, io) => (await import('./drift.ts')).githubDrift(options, io)),
    );
  command('undo <number>', 'Open the pull request that takes a merged one back', ['github undo 7'], github).action(
    action(async ([number = ''], options, io) => (await import('./undo.ts')).undo(number, options, io)),
  );
  command('form', 'Make the pull request that the answered form of the event asks for', ['github form'], github).action(
    action(async (_, options, io) => (await import('./form.ts')).githubForm(options, io)),
  );
}
