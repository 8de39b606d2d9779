using System.Text;
using RbpfSpec.Debugging.Sessions;
using RbpfSpec.Host;
using RbpfSpec.Images;
using RbpfSpec.Images.Inputs;
using RbpfSpec.Images.Variables;
using RbpfSpec.ProgramReports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Debugging.Tests;

/// <summary>Programs to debug.</summary>
internal static class Programs
{
    /// <summary>A loop of five instructions a round, as many rounds as r1 says, which counts in r0 and in memory.</summary>
    public const string Loop = """
        mov %r0, 0
        mov %r1, 1000
        add %r0, 2
        stxdw [%r10-8], %r0
        sub %r1, 1
        jne %r1, 0, -4
        exit
        """;

    /// <summary>A call of a function that calls another one.</summary>
    public const string Calls = """
        mov %r6, 5
        mov %r1, 1
        call local outer
        add %r0, %r6
        exit
        outer:
        mov %r6, 7
        call local inner
        add %r0, 1
        exit
        inner:
        mov %r0, 40
        exit
        """;

    /// <summary>A loop without end.</summary>
    public const string Endless = "add %r0, 1\nja -2\n";

    /// <summary>The path of the object with lines of source.</summary>
    public static string LinesObject => Path.Combine(Repository.Root, "tests/Images.Tests/Lines/lines.o");

    /// <summary>The path of its source.</summary>
    public static string LinesSource => Path.Combine(Repository.Root, "tests/Images.Tests/Lines/lines.c");

    /// <summary>A program of assembly text, ready to run under the profile of RFC 9669, which has no budget.</summary>
    public static Prepared Assembled(string text, string context = "") => Ready(Image("x.s", Encoding.UTF8.GetBytes(text)), context);

    /// <summary>The object with lines of source, ready to run.</summary>
    public static Prepared Lines(string context = "0100000002000000") =>
        Ready(Image(LinesObject, File.ReadAllBytes(LinesObject)), context);

    /// <summary>The program that a session launches, whatever the client asks for.</summary>
    /// <param name="prepared">The program.</param>
    /// <param name="find">Where files of source are; null for nowhere.</param>
    /// <param name="variables">Its variables of C; none if null.</param>
    public static Func<Launch, LaunchResult> Launcher(
        Prepared prepared, Func<string, string?>? find = null, ProgramVariables? variables = null) =>
        _ => new LaunchResult.Ready(prepared, "x", find ?? (static _ => null), []) { Variables = variables ?? ProgramVariables.None };

    /// <summary>A program with variables of C, of which each version of DWARF has an object, ready to run; and its variables.</summary>
    public static (Prepared Program, ProgramVariables Variables) WithVariables(int version, string context)
    {
        var file = Path.Combine(Repository.Root, $"tests/Images.Tests/Variables/variables{version}.o");
        var bytes = File.ReadAllBytes(file);
        var prepared = Ready(Image(file, bytes), context);
        var variables = VariablesFile.Read(bytes, prepared.Image, out var note);
        note.ShouldBeNull();
        return (prepared, variables);
    }

    private static Image Image(string name, byte[] bytes) =>
        ProgramFile.Read(name, bytes, null, new()).ShouldBeOfType<ProgramReading.Loaded>().Image;

    private static Prepared Ready(Image image, string context)
    {
        var profile = Profile.Rfc9669;
        var rules = Admission.Of(profile, DefaultHost.Ids);
        var program = image.Check(rules, out var problems);
        problems.ShouldBeEmpty();
        var start = image.Start(profile) with
        {
            Context = Sequence.Of<byte>(Convert.FromHexString(context)),
            Host = DefaultHost.Granting(DefaultHost.Ids),
        };
        return new(program!, start.State(), image);
    }
}
