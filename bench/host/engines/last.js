// The last lines of a script for an engine without modules; before them come tasks.js, the program, and the arguments as `given`.
print(task(given.name, given.hexadecimal, function () { return Date.now(); }, given.milliseconds));
