/**
 * For a condition: the chat that people's accounts are of, where `chat` may be a drill's view of it. People have no accounts of their
 * own there. `chat` is a part of the SQL, such as "$1" or "m.instance".
 */
export const chatOfAccounts = (chat: string): string => `coalesce((select c.drill_of from chat_instance c where c.id = ${chat}), ${chat})`;
