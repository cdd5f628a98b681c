export type Environment = Readonly<Record<string, string | undefined>>;

/** The one place that reads the process's environment. Everything else is handed its configuration. */
export const environment: Environment = process.env;
