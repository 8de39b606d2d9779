using System.Globalization;

namespace RbpfSpec.Bench.Host;

/// <summary>The comparison of the papers: a checksum and the reply of a sensor, on the engines here and on others.</summary>
/// <remarks>
/// <c>host [--milliseconds N] [--starts N] [--chart FILE]</c> prints Markdown. Each engine but ours is optional; one that is missing
/// is named, with what would bring it.
/// </remarks>
internal static class Comparison
{
    /// <summary>The first argument.</summary>
    public const string Verb = "host";

    private const string Usage =
        "expected: host [--milliseconds N] [--starts N] [--chart FILE], such as host --milliseconds 50 --starts 11 --chart comparison.svg";

    // Table II of the rBPF paper (Zandberg and Baccelli, 2020), in its units: bytes, microseconds.
    private static readonly (string Name, int Bytes, int Microseconds)[] Published =
    [
        ("native C", 74, 27), ("WASM3", 322, 980), ("rBPF", 456, 1923),
    ];

    /// <summary>Measures and prints.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var (milliseconds, starts, chart) = (50, 11, (string?)null);
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
            switch (arguments[i])
            {
                case "--milliseconds" when number is >= 1 and <= 10_000:
                    milliseconds = number;
                    break;
                case "--starts" when number is >= 1 and <= 101:
                    starts = number;
                    break;
                case "--chart" when value != "":
                    chart = value;
                    break;
                default:
                    Console.Error.WriteLine($"bench: '{string.Join(' ', arguments.Skip(i).Take(2))}'; {Usage}");
                    return 2;
            }
        }

        using var work = new Workshop(milliseconds, starts);
        var rows = new List<Row>();
        foreach (var engine in OtherEngine.All.Take(1).Select(native => Measure(work, native))) rows.Add(engine);
        rows.AddRange(OurEngine.Rows(work));
        rows.AddRange(OtherEngine.All.Skip(1).Select(engine => Measure(work, engine)));
        Print(rows);
        Console.WriteLine();
        OverTheAir.Print();
        Console.WriteLine();
        Footprint.Print();
        if (chart is not null) File.WriteAllText(chart, ComparisonChart.Svg([.. rows.Where(row => row.Problem is null)]));
        return rows.Any(row => row.Problem?.StartsWith("missing", StringComparison.Ordinal) == false) ? 1 : 0;
    }

    private static Row Measure(Workshop work, OtherEngine engine)
    {
        Console.Error.WriteLine($"bench: {engine.Name}");
        try
        {
            return engine.Measure(work);
        }
        catch (MissingException missing)
        {
            return new(engine.Name) { Problem = $"missing: {missing.Message}" };
        }
        catch (InvalidOperationException failure)
        {
            return new(engine.Name) { Problem = failure.Message };
        }
    }

    private static void Print(List<Row> rows)
    {
        var native = rows[0].Fletcher;
        Console.WriteLine("| | program, bytes | packed | fletcher32 | × native | sensor reply | start-up | memory |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            if (row.Problem is not null) continue;
            string[] cells =
            [
                row.Name,
                Number(row.Bytes, "0"),
                Number(row.Packed, "0"),
                Time(row.Fletcher),
                Number(row.Fletcher / native, "0.0"),
                Time(row.Reply),
                Number(row.StartUp / 1e6, "0.0 ms"),
                Number(row.Memory / 1024, "0.0 MiB"),
            ];
            Console.WriteLine($"| {string.Join(" | ", cells)} |");
        }

        foreach (var row in rows.Where(row => row.Problem is not null))
        {
            Console.WriteLine();
            Console.WriteLine($"{row.Name}: {row.Problem}");
        }

        Console.WriteLine();
        Console.WriteLine("Published, on a Cortex-M4 of 64 MHz (rBPF paper, table II), and here:");
        Console.WriteLine();
        Console.WriteLine("| | bytes | time | × native | × native here, of |");
        Console.WriteLine("|---|---|---|---|---|");
        string[] here =
        [
            "1, gcc -O2",
            Here(rows, native, "Wasmtime", "wabt wasm-interp"),
            Here(rows, native, "rBPF, threaded", "rBPF, switch"),
        ];
        foreach (var ((name, bytes, microseconds), ours) in Published.Zip(here))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {bytes} | {microseconds} µs | {(double)microseconds / Published[0].Microseconds:0.0} | {ours} |"));
        }
    }

    private static string Here(List<Row> rows, double? native, params string[] names) => string.Join("; ",
        from name in names
        let row = rows.First(row => row.Name == name)
        where row.Fletcher is not null
        select $"{Number(row.Fletcher / native, "0.0")}, {name}");

    private static string Number(double? number, string format) =>
        number is { } known ? known.ToString(format, CultureInfo.InvariantCulture) : "-";

    private static string Time(double? nanoseconds) => nanoseconds switch
    {
        null => "-",
        < 1000 => Number(nanoseconds, "0 ns"),
        < 100_000 => Number(nanoseconds / 1000, "0.0 µs"),
        _ => Number(nanoseconds / 1000, "0 µs"),
    };
}
