#:package Wasmtime@50.0.1
#:property PublishAot=false


// Wasmtime, in this process: dotnet run embed-wasmtime.cs -- MODULES TASK HEXADECIMAL MILLISECONDS
using System.Diagnostics;
using System.Globalization;
using Wasmtime;

var (modules, name, hexadecimal, milliseconds) = (args[0], args[1], args[2], double.Parse(args[3], CultureInfo.InvariantCulture));
using var engine = new Wasmtime.Engine();
using var module = Module.FromFile(engine, Path.Combine(modules, $"{name}.wasm"));
using var linker = new Linker(engine);
using var store = new Store(engine);
var header = 0;
var payload = "";
linker.DefineFunction("host", "find", (int place) => place);
linker.DefineFunction("host", "read", (Caller caller, int sensor, int at) =>
{
    if (sensor != 1) return 0;
    var memory = caller.GetMemory("memory")!;
    memory.WriteInt16(at, 2716);
    memory.Write<sbyte>(at + 7, -2);
    return 1;
});
linker.DefineFunction("host", "begin", (int code) =>
{
    header = code == 69 ? 5 : 0;
    return 0;
});
linker.DefineFunction("host", "add_format", (int format) =>
{
    header++;
    return 1;
});
linker.DefineFunction("host", "finish", (int flags) => header += flags);
linker.DefineFunction("host", "write_fixed_point", (int value, int scale) =>
{
    var digits = value.ToString(CultureInfo.InvariantCulture);
    payload = string.Concat(digits.AsSpan(0, digits.Length + scale), ".", digits.AsSpan(digits.Length + scale));
    return payload.Length;
});
var instance = linker.Instantiate(store, module);
Func<long> run;
if (name == "reply")
{
    var reply = instance.GetFunction<int>("reply")!;
    run = () => reply();
}
else
{
    const int at = 4096;
    var input = Convert.FromHexString(hexadecimal);
    input.CopyTo(instance.GetMemory("memory")!.GetSpan(at, input.Length));
    var fletcher32 = instance.GetFunction<int, long, long>("fletcher32")!;
    run = () => fletcher32(at, input.Length);
}

// The median of five batches, each at least so long.
List<double> times = [];
for (long count = 1, result = run(); ;)
{
    var start = Stopwatch.GetTimestamp();
    for (var i = 0L; i < count; i++) result = run();
    var took = Stopwatch.GetElapsedTime(start);
    if (took.TotalMilliseconds < milliseconds)
    {
        count *= 2;
        continue;
    }

    times.Add(took.TotalNanoseconds / count);
    if (times.Count < 5) continue;
    times.Sort();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(uint)result} {times[2]:0.0}"));
    return;
}
