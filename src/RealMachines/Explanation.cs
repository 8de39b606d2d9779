using System.IO.Enumeration;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.RealMachines;

/// <summary>The kind of a difference between a machine and the suite.</summary>
public enum DifferenceKind
{
    /// <summary>The machine is wrong.</summary>
    Bug,

    /// <summary>The machine is another by design: it has instructions or rules of its own.</summary>
    Dialect,

    /// <summary>The machine does not look so far.</summary>
    Limit,
}

/// <summary>Why a machine differs from some vectors.</summary>
/// <param name="Machine">The machine, as <c>--machine</c> names it.</param>
/// <param name="Pattern">The names of the vectors, with <c>*</c>.</param>
/// <param name="Kind">The kind of difference.</param>
/// <param name="Sentence">Why.</param>
public sealed record Explanation(string Machine, string Pattern, DifferenceKind Kind, string Sentence)
{
    /// <summary>All that are known.</summary>
    public static Sequence<Explanation> All { get; } = Read();

    /// <summary>The one for a result of a machine; null if nobody has explained it.</summary>
    public static Explanation? Of(string machine, TestResult result) => All.FirstOrDefault(each => each.Machine == machine
        && FileSystemName.MatchesSimpleExpression(each.Pattern, result.Vector.Name, ignoreCase: false));

    // machine | pattern | kind | sentence
    private static Sequence<Explanation> Read()
    {
        using var stream = typeof(Explanation).Assembly.GetManifestResourceStream("explanations.txt")!;
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n')
                .Where(line => line != "" && line[0] != '#')
                .Select(line => line.Split(" | "))
                .Select(parts => new Explanation(parts[0], parts[1], Enum.Parse<DifferenceKind>(parts[2], ignoreCase: true), parts[3])),
        ];
    }
}
