/** The one place that reads the process's environment. Everything else is handed its configuration. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;
