// Times in the reader's own time zone, exact, when the pointer rests on them.
const exact = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
  dateStyle: "full",
  timeStyle: "short",
});

for (const time of document.querySelectorAll("time[datetime]")) {
  const moment = new Date(time.dateTime);
  if (!Number.isNaN(moment.getTime())) time.title = exact.format(moment);
}
