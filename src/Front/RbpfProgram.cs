using System.Globalization;
using System.Text;
using RbpfSpec.Host;
using RbpfSpec.Images;
using RbpfSpec.Images.Inputs;
using RbpfSpec.Interp;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec;

/// <summary>A program that the preflight accepted: to run, to analyse, to embed.</summary>
/// <remarks>It does not change, and any number of threads may use it at once.</remarks>
public sealed class RbpfProgram
{
    private readonly Image image;
    private readonly CheckedProgram program;
    private readonly LoadOptions options;

    private RbpfProgram(Image image, CheckedProgram program, LoadOptions options) =>
        (this.image, this.program, this.options) = (image, program, options);

    /// <summary>The machine variant that it was checked against.</summary>
    public Profile Profile => options.Profile;

    /// <summary>Its length in slots of 8 bytes.</summary>
    public int Slots => program.Program.Length;

    /// <summary>The instructions as they are checked: what machines and engines of the other namespaces take.</summary>
    public CheckedProgram Checked => program;

    /// <summary>Reads a file, and checks the program in it; never throws because of what it holds.</summary>
    /// <param name="file">An object of clang, a container, a packed program, raw bytes, or hexadecimal text.</param>
    /// <param name="options">What the file leaves open.</param>
    public static LoadResult Load(ReadOnlySpan<byte> file, LoadOptions? options = null)
    {
        options ??= new();
        return ImageFile.Read(file, Reading(options)) switch
        {
            ImageResult.Loaded(var image) => Check(image, options),
            ImageResult.Malformed(var problem) => new LoadResult.Malformed([problem]),
        };
    }

    /// <summary>Assembles text in the syntax of LLVM or of bpf_conformance, and checks the program.</summary>
    /// <param name="source">The text.</param>
    /// <param name="options">What the text leaves open.</param>
    public static LoadResult Assemble(string source, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new();
        return ProgramFile.Read("", Encoding.UTF8.GetBytes(source), ProgramFormat.Asm, Reading(options)) switch
        {
            ProgramReading.Loaded(var image) => Check(image, options),
            ProgramReading.Malformed(var problems) => new LoadResult.Malformed(problems),
        };
    }

    /// <summary>Runs it on the semantics, with the helpers of a machine without a device, and empty stores.</summary>
    /// <param name="context">The bytes that r1 points to; if there are none, r1 and r2 are zero.</param>
    /// <param name="milliseconds">The time that the program is told.</param>
    /// <exception cref="InvalidOperationException">The context reaches to where the program's data is.</exception>
    public ProgramRun Run(ReadOnlySpan<byte> context = default, ulong milliseconds = 0)
    {
        var state = (image.Start(Profile) with
        {
            Context = Sequence.Of(context),
            Host = DefaultHost.Granting(options.Helpers.Map(static helper => helper.Id)).WithMilliseconds(Word.Of(milliseconds)),
        }).State();
        var machine = new ConcreteMachine(program);
        var (end, steps) = Runs.Limited(machine.Step, state, long.MaxValue);
        return end switch
        {
            Outcome<Word>.Exited exited => Ended(new RunEnd.Exited(exited.Result.Value), steps, exited.State),
            Outcome<Word>.Trapped trapped => Ended(
                new RunEnd.Trapped(TrapReport.Of(machine.Program, Profile, state.Budget, trapped)), steps - 1, trapped.State),
            Outcome<Word>.Next => throw new System.Diagnostics.UnreachableException(),
        };

        ProgramRun Ended(RunEnd how, long instructions, State<Word> last) =>
            new(how, (ulong)instructions, ContextOf(last), last.Host.Output);
    }

    /// <summary>Analyses all its runs, on contexts of some lengths, without running it.</summary>
    /// <param name="leastContext">The least length of the context, in bytes.</param>
    /// <param name="greatestContext">The greatest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths are none, or too great.</exception>
    public Analysis Analyse(int leastContext = 0, int greatestContext = ContextLengths.Most)
    {
        var report = RangeReport.Of(program, image.Start(Profile).Regions, options.Helpers, new(leastContext, greatestContext));
        return new(
            report.IsProved,
            report.Sites.Count,
            [
                .. from site in report.Sites
                   where site.Verdict is not SiteVerdict.Proved
                   select new OpenTrap(
                       site.Slot,
                       site.Trap,
                       site.Verdict is SiteVerdict.AlwaysTraps,
                       site.Lack,
                       image.SourceAt((ulong)site.Slot)?.ToString()),
            ],
            report.Branches,
            report.Problems);
    }

    /// <summary>A fast machine that holds it, with a copy of its data: to run often, on memory of the caller's.</summary>
    /// <param name="embedding">The helpers, the engine, the budget.</param>
    /// <exception cref="ArgumentException">An option makes no sense, or two helpers have the same id.</exception>
    public Vm Embed(VmOptions? embedding = null)
    {
        var vm = new Vm(program, embedding);
        HashSet<string> names = [];
        foreach (var region in image.Regions)
        {
            var name = names.Add(region.Name)
                ? region.Name
                : string.Create(CultureInfo.InvariantCulture, $"{region.Name} at 0x{region.Address:x}");
            vm.Map(name, region.Address, region.Bytes.ToArray(), region.Permission);
        }

        return vm;
    }

    private static LoadResult Check(Image image, LoadOptions options)
    {
        var ids = options.Helpers.Map(static helper => helper.Id);
        var rules = Admission.Of(options.Profile, options.Profile.Callable(ids, ids));
        return image.Check(rules, out var problems) is { } program
            ? new LoadResult.Accepted(new(image, program, options))
            : new LoadResult.Rejected(problems);
    }

    private static ImageOptions Reading(LoadOptions options) => new()
    {
        Section = options.Section,
        Function = options.Function,
        Helpers = options.Helpers,
    };

    private static Sequence<byte> ContextOf(State<Word> state)
    {
        foreach (var region in state.Memory.Regions)
        {
            if (region.Start.Value == AddressSpace.Context) return Sequence.Of<byte>(((ByteTree)region.Bytes).ToArray());
        }

        return [];
    }
}
