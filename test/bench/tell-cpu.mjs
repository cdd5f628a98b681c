/** For a child whose work is measured: asked for `cpu`, it says how many microseconds of the processor it has used. */
process.on('message', (asked) => {
  if (asked !== 'cpu') return;
  const { user, system } = process.cpuUsage();
  process.send(user + system);
});
