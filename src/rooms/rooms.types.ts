/** Whoever projects a room into its chats, by its name in the tables. Another name would be another follower, which has said nothing yet. */
export const MIRRORS_FOLLOWER = 'rooms';
