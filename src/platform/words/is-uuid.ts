const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Asked before a text meets a uuid column: PostgreSQL refuses anything else with an error that says nothing to people. */
export const isUuid = (text: string): boolean => UUID.test(text);
