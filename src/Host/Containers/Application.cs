using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Host.Containers;

/// <summary>A program with its conditions, admitted: it passed the preflight check with the helpers that it is granted.</summary>
/// <remarks>Compared by what it runs on: lines of source change nothing.</remarks>
public sealed class Application : IEquatable<Application>
{
    /// <summary>The most bytes of a context.</summary>
    public const int LargestContext = 1 << 16;

    private Application(Manifest manifest, Sequence<byte> program, int entry, Sequence<Region<Word>> regions, CheckedProgram @checked)
    {
        Manifest = manifest;
        Program = program;
        Entry = entry;
        Regions = regions;
        Checked = @checked;
        Host = HostState<Word>.Bare with
        {
            Helpers = HelperCatalogue.Of(manifest.Grants),
            Known = HelperCatalogue.Declarations,
        };
    }

    /// <summary>The conditions.</summary>
    public Manifest Manifest { get; }

    /// <summary>The bytes of the program, eight a slot.</summary>
    public Sequence<byte> Program { get; }

    /// <summary>The slot at which a run begins.</summary>
    public int Entry { get; }

    /// <summary>The regions that it brings along; each run begins with them as they are here.</summary>
    public Sequence<Region<Word>> Regions { get; }

    /// <summary>The lines of source that slots come from, in ascending order of slot; empty if they are not known.</summary>
    public Sequence<ProgramLine> Lines { get; private init; }

    /// <summary>A number of 64 bits that tells applications apart: FNV-1a of the program, followed by the data of its regions.</summary>
    public ulong Digest
    {
        get
        {
            var hash = 0xcbf2_9ce4_8422_2325;
            foreach (var one in Program) hash = (hash ^ one) * 0x100_0000_01b3;
            foreach (var region in Regions)
            {
                for (ulong offset = 0; offset < region.Length.Value; offset++)
                    hash = (hash ^ region.Bytes.Read(Word.Of(offset), Width.Bits8).Value) * 0x100_0000_01b3;
            }

            return hash;
        }
    }

    /// <summary>The host of its runs, without data: the helpers granted.</summary>
    internal HostState<Word> Host { get; }

    /// <summary>The program as a machine takes it.</summary>
    internal CheckedProgram Checked { get; }

    /// <summary>The application if it may run; else nothing, and why.</summary>
    /// <param name="manifest">Its conditions.</param>
    /// <param name="program">The bytes of the program.</param>
    /// <param name="problem">What is wrong, and what would be right; empty if nothing is.</param>
    /// <param name="entry">The slot at which a run begins.</param>
    /// <param name="regions">The regions that it brings along.</param>
    public static Application? Admit(
        Manifest manifest, Sequence<byte> program, out string problem, int entry = 0, Sequence<Region<Word>> regions = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        problem = Conditions(manifest, regions);
        if (problem != "") return null;
        var @checked = CheckedProgram.Check(
            program.AsSpan(), entry, Admission.Of(manifest.Profile, manifest.Grants), out var problems, most: 1);
        if (@checked is not null) return new(manifest, program, entry, regions, @checked);
        var first = problems[0];
        problem = $"slot {first.Slot}: {first.Found}, expected {first.Expected}";
        return null;
    }

    /// <summary>The same application, with the lines of source that it comes from.</summary>
    /// <param name="lines">In ascending order of slot.</param>
    public Application With(Sequence<ProgramLine> lines) =>
        lines.IsEmpty && Lines.IsEmpty ? this : new(Manifest, Program, Entry, Regions, Checked) { Lines = lines };

    /// <summary>The line of source that the instruction at a slot comes from: file, line and text; empty if it is not known.</summary>
    public string SourceAt(int slot)
    {
        var text = "";
        foreach (var line in Lines)
        {
            if (line.Slot > slot) break;
            text = line.Text;
        }

        return text;
    }

    public bool Equals(Application? other) =>
        other is not null && Manifest == other.Manifest && Entry == other.Entry && Program == other.Program && Regions == other.Regions;

    public override bool Equals(object? obj) => Equals(obj as Application);

    public override int GetHashCode() => HashCode.Combine(Digest, Entry);

    private static string Conditions(Manifest manifest, Sequence<Region<Word>> regions)
    {
        foreach (var id in manifest.Grants)
        {
            if (!HelperCatalogue.Ids.Contains(id)) return $"the helper 0x{id:x} is granted; a device has none of this id";
        }

        // Whatever an event brings along has its place.
        var start = new Start(manifest.Profile)
        {
            Regions =
            [
                .. regions,
                Region.Of("context", AddressSpace.Context, ByteTree.Zero(LargestContext), Permission.ReadWrite),
                Region.Of("buffer", Reply.BufferAddress, ByteTree.Zero(Reply.BufferSize), Permission.ReadWrite),
            ],
            Host = HostState<Word>.Bare with { Helpers = HelperCatalogue.Of(manifest.Grants) },
        };
        return start.Problems() is { IsEmpty: false } problems ? problems[0] : "";
    }
}
