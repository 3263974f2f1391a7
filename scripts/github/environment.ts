import { UserError } from '../../core/errors.ts';

/** What GitHub Actions tells a step in its environment (docs.github.com, default environment variables). */
export interface ActionsEnvironment {
  /** `<owner>/<name>`. */
  readonly repository: string;
  readonly token: string;
  readonly api: string;
  readonly server: string;
  readonly eventName: string;
  readonly eventFile: string;
  /** File to which the job summary is appended; absent outside a job. */
  readonly summaryFile?: string;
  /** File to which outputs of the step are appended; absent outside a job. */
  readonly outputFile?: string;
  readonly runUrl: string;
  /** The account whose comments are ours. */
  readonly login: string;
  readonly branch: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** @throws UserError for a variable that is missing */
export function actionsEnvironment(variables: Variables): ActionsEnvironment {
  const need = (name: string): string => {
    const value = variables[name];
    if (value) return value;
    throw new UserError(
      `Cannot work with GitHub: the environment variable ${name} is missing; workflows of this repository set it`,
    );
  };
  const repository = need('GITHUB_REPOSITORY');
  const server = variables.GITHUB_SERVER_URL ?? 'https://github.com';
  const { GITHUB_STEP_SUMMARY: summaryFile, GITHUB_OUTPUT: outputFile } = variables;
  return {
    repository,
    token: need('GITHUB_TOKEN'),
    api: variables.GITHUB_API_URL ?? 'https://api.github.com',
    server,
    eventName: variables.GITHUB_EVENT_NAME ?? '',
    eventFile: variables.GITHUB_EVENT_PATH ?? '',
    ...(summaryFile ? { summaryFile } : {}),
    ...(outputFile ? { outputFile } : {}),
    runUrl: `${server}/${repository}/actions/runs/${variables.GITHUB_RUN_ID ?? ''}`,
    login: variables.LAYANAN_GITHUB_LOGIN ?? 'github-actions[bot]',
    branch: variables.LAYANAN_BRANCH ?? 'main',
  };
}
