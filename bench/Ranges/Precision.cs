using System.Globalization;
using System.Text;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Bench.Ranges;

/// <summary>
/// The share that range analysis proves of the examples, the workloads and the applications: the table of docs/analyze.md.
/// </summary>
internal static class Precision
{
    /// <summary>The word on the command line that asks for it.</summary>
    public const string Verb = "precision";

    private const string Page = "docs/analyze.md";
    private const string Begin = "<!-- What follows is written by: dotnet run --project bench -c Release -- precision -->";
    private const string End = "<!-- So far. -->";

    // Contexts that the programs are meant for; of most the length is theirs to check.
    private static readonly Dictionary<string, ContextLengths> Meant = new(StringComparer.Ordinal)
    {
        ["increment"] = new(8, 4096),
        ["copy"] = new(256, 512),
        ["alu"] = new(16, 4096),
        ["tiny"] = new(16, 4096),
        ["greeting"] = new(4, 4096),
    };

    private static readonly Dictionary<string, string> Functions = new(StringComparer.Ordinal) { ["field"] = "field" };

    /// <summary>Analyses all, and writes the table into the page; exit code 1 if the page has no place for it.</summary>
    public static int Run()
    {
        StringBuilder rows = new();
        StringBuilder residue = new();
        Count all = default;
        foreach (var folder in (string[])["examples", "bench/workloads", "examples/applications"])
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.o").Order(StringComparer.Ordinal))
                all += Add(rows, residue, $"{folder}/{Path.GetFileName(file)}", Path.GetFileNameWithoutExtension(file));
        }

        rows.Append(CultureInfo.InvariantCulture, $"| all | | {all} |\n");
        var table = $"{Begin}\n\n| program | context | accesses and calls of helpers | divisions | loops bounded |\n|---|---|---|---|---|\n"
            + $"{rows}\n{(residue.Length == 0 ? "Nothing is left.\n" : $"Not proved, or not bounded:\n\n{residue}")}\n{End}";
        Console.WriteLine(table);
        var path = Path.Combine(Repository.Root, Page);
        var page = File.ReadAllText(path);
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (from < 0 || to < from)
        {
            Console.Error.WriteLine($"{Verb}: {Page} has no place for the table; expected '{Begin}' and '{End}'");
            return 1;
        }

        File.WriteAllText(path, page[..from] + table + page[(to + End.Length)..]);
        return 0;
    }

    private static Count Add(StringBuilder rows, StringBuilder residue, string path, string name)
    {
        var options = new ImageOptions { Helpers = HelperCatalogue.Declarations, Function = Functions.GetValueOrDefault(name) };
        var read = ImageFile.Read(File.ReadAllBytes(Path.Combine(Repository.Root, path)), options);
        var rules = Admission.Of(Profile.Rbpf, HelperCatalogue.Declarations.Map(static helper => helper.Id));
        if (read is not ImageResult.Loaded(var image) || image.Check(rules, out _) is not { } program)
            throw new InvalidOperationException($"{path} is no program");
        var lengths = Meant.GetValueOrDefault(name, new(1, 4096));
        var report = RangeReport.Of(program, image.Start(Profile.Rbpf).Regions, HelperCatalogue.Declarations, lengths);
        var count = Count.Of(report);
        rows.Append(CultureInfo.InvariantCulture, $"| `{path}` | {lengths} | {count} |\n");
        foreach (var site in report.Sites.Where(static site => site.Verdict is not SiteVerdict.Proved))
            residue.Append(CultureInfo.InvariantCulture, $"- `{path}`, slot {site.Slot}, {site.Trap}: {site.Lack}\n");
        foreach (var loop in report.Loops.Where(static loop => loop.Rounds is null))
            residue.Append(CultureInfo.InvariantCulture, $"- `{path}`, loop at slot {loop.Slot}: no bound was found\n");
        return count;
    }

    private readonly record struct Share(int Good, int All)
    {
        public static Share operator +(Share one, Share other) => new(one.Good + other.Good, one.All + other.All);

        public override string ToString() => All == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Good} of {All}");
    }

    private readonly record struct Count(Share Accesses, Share Divisions, Share Loops)
    {
        public static Count operator +(Count one, Count other) => new(
            one.Accesses + other.Accesses, one.Divisions + other.Divisions, one.Loops + other.Loops);

        public static Count Of(RangeReport report) => new(
            Proved(report, static site => site.Trap is Trap.MemoryAccess),
            Proved(report, static site => site.Trap is Trap.DivisionByZero),
            new(report.Loops.Count(static loop => loop.Rounds is not null), report.Loops.Count));

        public override string ToString() => $"{Accesses} | {Divisions} | {Loops}";

        private static Share Proved(RangeReport report, Func<SiteFinding, bool> isMeant)
        {
            var sites = report.Sites.Where(isMeant).ToList();
            return new(sites.Count(static site => site.Verdict is SiteVerdict.Proved), sites.Count);
        }
    }
}
