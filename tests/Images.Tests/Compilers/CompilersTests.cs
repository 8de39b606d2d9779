using RbpfSpec.Host;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using Xunit.Abstractions;

namespace RbpfSpec.Images.Tests.Compilers;

/// <summary>
/// Objects of several versions of clang, instruction sets and optimisations load, list as the compiler's own
/// disassembler lists them, and have one result.
/// </summary>
/// <remarks>
/// The compilers that are installed are used: on Debian <c>apt-get install clang-14 clang-16 clang-19 llvm-14 llvm-16
/// llvm-19</c>. A part of all combinations is compiled; <c>RBPFSPEC_COMPILERS=all</c> compiles all of them.
/// </remarks>
public class CompilersTests(ITestOutputHelper output) : IDisposable
{
    private static readonly ulong[] Numbers = [7, 40_000_000_001, 300, 5, 11, 13];

    private readonly string folder = Directory.CreateTempSubdirectory("rbpf-compilers-").FullName;

    // What gcc makes of each program for its own processor has this result, with the numbers above as context.
    public static TheoryData<string, ulong> Sources => new()
    {
        { "functions.c", 6002661494029099502 },
        { "globals.c", 138004 },
        { "helpers.c", 400000003371236 },
        { "arithmetic.c", 12560992973695315308 },
        { "inline.cc", 13580009460978561107 },
        { "programs.c", 240000000318 },
    };

    [Theory]
    [Trait("Needs", "compiler")]
    [MemberData(nameof(Sources))]
    public void A_program_has_one_result_whatever_compiled_it(string source, ulong result)
    {
        var path = Path.Combine(Repository.Project, "Compilers", source);
        var builds = Builds().ToList();
        if (builds.Count == 0) output.WriteLine("no clang-14, clang-16 or clang-19 for BPF: what they write is not loaded");
        foreach (var build in builds)
        {
            if (Compile(build, path) is not { } elf) continue;
            Result(elf, build.ToString(), "entry").ShouldBe(result, build.ToString());
            ListsAsItsCompilerDoes(elf, build);
        }
    }

    // For those who have none of the compilers; Compilers/build.sh makes these objects.
    [Theory]
    [InlineData("arithmetic-19.o", "arithmetic.c")]
    [InlineData("functions-16.o", "functions.c")]
    [InlineData("globals-14.o", "globals.c")]
    [InlineData("helpers-19.o", "helpers.c")]
    [InlineData("inline-19.o", "inline.cc")]
    [InlineData("programs-16.o", "programs.c")]
    public void A_committed_object_has_the_result_of_its_source(string name, string source)
    {
        var expected = Sources.Select(row => ((string)row[0], (ulong)row[1])).First(row => row.Item1 == source).Item2;

        Result(File.ReadAllBytes(Path.Combine(Repository.Project, "Compilers", name)), name, "entry").ShouldBe(expected);
    }

    [Fact]
    public void A_big_endian_object_has_the_instructions_of_its_little_endian_twin()
    {
        SectionsResult Read(string name) => ImageFile.ReadSections(File.ReadAllBytes(Path.Combine(Repository.Project, "Compilers", name)));

        var big = Read("programs-big-endian-16.o").ShouldBeOfType<SectionsResult.Loaded>().Sections;
        var little = Read("programs-16.o").ShouldBeOfType<SectionsResult.Loaded>().Sections;

        big.Select(section => section with { Stored = section.Slots }).ShouldBe(little);
    }

    // The greeting's format is in a section of its own, the store's helpers are called by number.
    [Theory]
    [Trait("Needs", "compiler")]
    [InlineData("examples/bubble_sort")]
    [InlineData("examples/field")]
    [InlineData("examples/fletcher32")]
    [InlineData("examples/greeting")]
    [InlineData("examples/increment")]
    [InlineData("examples/insertion_sort")]
    [InlineData("examples/storage")]
    [InlineData("bench/workloads/bsort")]
    [InlineData("bench/workloads/coap")]
    [InlineData("bench/workloads/fletcher32")]
    [InlineData("bench/workloads/packet")]
    [InlineData("bench/workloads/sensor")]
    [InlineData("bench/workloads/sieve")]
    [InlineData("bench/workloads/tiny")]
    public void An_example_or_workload_does_what_its_committed_object_does(string path)
    {
        var source = Path.Combine(Repository.Root, path);
        var function = Path.GetFileName(path);
        var expected = Result(File.ReadAllBytes(source + ".o"), "the committed object", function);
        foreach (var build in Builds())
        {
            // Without optimisation a constant pointer to a helper is loaded from memory, and called through a register.
            if (function is "greeting" or "storage" && build.Level == "-O0") continue;
            if (Compile(build, source + ".c") is not { } elf) continue;
            Result(elf, build.ToString(), function).ShouldBe(expected, build.ToString());
            ListsAsItsCompilerDoes(elf, build);
        }
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static IEnumerable<Build> Builds()
    {
        var all = Environment.GetEnvironmentVariable("RBPFSPEC_COMPILERS") == "all";
        string[] levels = ["-O2", "-O0", "-Os", "-O1"];
        string[] options = ["", "-g", "-ffunction-sections -fdata-sections", "-fcommon"];
        var sets =
            from version in (int[])[14, 16, 19]
            where Knows(version)
            from set in (string[])["v1", "v2", "v3", "v4"]
            where set != "v4" || version >= 19
            select (version, set);
        if (!all) return sets.Select((it, n) => new Build(it.version, it.set, levels[n % 4], options[(n + (n / 4)) % 4]));
        return
            from it in sets
            from level in levels
            from option in options
            select new Build(it.version, it.set, level, option);
    }

    private static bool Knows(int version) =>
        External.Start($"clang-{version}", ["--print-targets"]) is var (_, targets) && targets.Contains("bpfel", StringComparison.Ordinal);

    // Null if the compiler itself fails, as clang-16 does on some C++ with -g.
    private byte[]? Compile(Build build, string source)
    {
        var target = Path.Combine(folder, "object.o");
        var (code, text) = External.Run(
            $"clang-{build.Version}",
            [
                "-target", "bpfel", $"-mcpu={build.Set}", build.Level, .. build.Option.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                "-w", "-ffreestanding", "-I", Path.Combine(Repository.Root, "examples"),
                    .. source.EndsWith(".cc", StringComparison.Ordinal) ? ["-std=c++17", "-fno-exceptions"] : Array.Empty<string>(),
                "-c", source, "-o", target,
            ]);
        if (text.Contains("PLEASE submit a bug report", StringComparison.Ordinal))
        {
            output.WriteLine($"{build} fails on {source}");
            return null;
        }

        code.ShouldBe(0, $"{build}: {text}");
        return File.ReadAllBytes(target);
    }

    private static ulong Result(byte[] elf, string build, string function)
    {
        var result = ImageFile.Read(elf, new() { Function = function });
        var image = result.ShouldBeOfType<ImageResult.Loaded>($"{build}: {(result as ImageResult.Malformed)?.Problem}").Image;
        image.Check(Admission.Of(Profile.Rbpf, DefaultHost.Ids), out var problems);
        problems.ShouldBeEmpty(build);
        var start = image.Start(Profile.Rbpf) with
        {
            Context = Sequence.Of<byte>([.. Numbers.SelectMany(BitConverter.GetBytes)]),
            BranchLimit = new Allowance<ulong>.Remaining(100_000),
            Host = DefaultHost.Granting(DefaultHost.Ids).WithMilliseconds(Word.Of(5)),
        };
        return image.Machine(Profile.Rbpf).Run(start.State()).ShouldBeOfType<Outcome<Word>.Exited>(build).Result.Value;
    }

    // The bytes and texts of all instructions; numbers are decimal in some versions and hexadecimal in others.
    private void ListsAsItsCompilerDoes(byte[] elf, Build build)
    {
        var (code, text) = External.Run($"llvm-objdump-{build.Version}", "-d", "-r", Path.Combine(folder, "object.o"));
        if (code < 0)
        {
            output.WriteLine($"no llvm-objdump-{build.Version}: its listing is not compared");
            return;
        }

        code.ShouldBe(0);
        var theirs = text.Split('\n').Where(IsListed).Select(Bare);
        var sections = ImageFile.ReadSections(elf).ShouldBeOfType<SectionsResult.Loaded>().Sections;
        var ours = sections.SelectMany(Lines).Select(Bare);
        ours.ShouldBe(theirs, build.ToString());
    }

    private static IEnumerable<string> Lines(CodeSection section)
    {
        var references = section.References.ToLookup(reference => reference.Offset);
        foreach (var line in RbpfSpec.Assembly.Disassembler.Listing(Program.Of(section.Slots.AsSpan()), [], section.Name).Split('\n')
            .Where(IsListed))
        {
            yield return line;
            foreach (var reference in references[ulong.Parse(line.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture) * 8])
                yield return $"{reference.Offset:x16}:  {reference.Type}\t{reference.Symbol}";
        }
    }

    // An instruction, "       4:\t9500 …", or a relocation, "\t\t0000000000000020:  R_BPF_64_64\tname".
    private static bool IsListed(string line) => System.Text.RegularExpressions.Regex.IsMatch(
        line, "^ *[0-9]+:\t|: +R_BPF_", System.Text.RegularExpressions.RegexOptions.NonBacktracking);

    // Without names of targets, and with every number behind the bytes in decimal.
    private static string Bare(string line)
    {
        var cut = line.IndexOf('<', StringComparison.Ordinal) is >= 0 and var at && !line.Contains("<<", StringComparison.Ordinal)
            ? line[..at] : line;
        return System.Text.RegularExpressions.Regex.Replace(
            cut.Trim(), "(?<=[^0-9a-f:]|^)0x(?<digits>[0-9a-f]+)", found =>
                Convert.ToUInt64(found.Groups["digits"].Value, 16).ToString(System.Globalization.CultureInfo.InvariantCulture),
            System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(1)).Trim();
    }

    private sealed record Build(int Version, string Set, string Level, string Option)
    {
        public override string ToString() => $"clang-{Version} -mcpu={Set} {Level} {Option}".TrimEnd();
    }
}
