using System.CommandLine;
using RbpfSpec.Cli.Commands;
using RbpfSpec.Proofs;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cli.Tests.Prove;

/// <summary>Small claims, and a solver that says of each what its id says.</summary>
internal static class Fakes
{
    /// <summary>Claims of two families; all hold.</summary>
    public static IReadOnlyList<Claim> Good { get; } =
        [Claim("rfc/alu/add-holds@rbpf"), Claim("rfc/alu/sub-holds@rbpf"), Claim("frame/alu/add-holds@rbpf")];

    /// <summary>A claim with a mutant that every value shows.</summary>
    public static Claim Claim(string id)
    {
        var value = Make.Variable(id, 8);
        return new()
        {
            Id = id,
            Sentence = $"The byte of {id} is zero & <stays> so.",
            Source = Clause.Rfc("4.1"),
            State = () => new([], value.EqualTo(0), _ => new Replay.Shown(["instruction: exit", "before: pc=0x0"])),
            Mutants = [new(
                "it is one", () => new([], Make.Variable($"{id}/bug", 8).EqualTo(1), _ => new Replay.Shown(["the mutant: r0=0x1"])))],
        };
    }

    /// <summary>A context whose claims are these.</summary>
    public static ProveContext Of(params IReadOnlyList<Claim> claims) => new()
    {
        Claims = () => claims,
        Bugs = _ => [],
        Open = name =>
            name == "absent"
                ? new SolverSession.Unavailable("absent does not start: install it")
                : new SolverSession.Opened(new Solver(name)),
    };

    /// <summary>Runs a command line of <c>prove</c> on some claims, from a folder that is in no project.</summary>
    public static Ending Run(ProveContext proving, string folder, string line = "")
    {
        var root = new RootCommand { ProveCommand.Create(proving) };
        return Rbpf.Captured(() =>
        {
            // The folder is deleted after the test, and must not be the process's then.
            Environment.CurrentDirectory = folder;
            try
            {
                return CommandLine.Run(root, ["prove", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            }
            finally
            {
                Environment.CurrentDirectory = Repository.Root;
            }
        });
    }

    /// <summary>A project's folder as far as <c>prove</c> knows it.</summary>
    public static void MakeProject(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "RbpfSpec.sln"), "");
        Directory.CreateDirectory(Path.Combine(folder, "proofs"));
    }

    private sealed class Solver(string name) : ISolver
    {
        public string Name => name;

        public string Version => "1";

        public Reply Solve(Script script, TimeSpan limit) =>
            name == "contrary" ? new Reply.Satisfiable([])
            : script.Text.Contains("breaks", StringComparison.Ordinal) || script.Text.Contains("/bug", StringComparison.Ordinal)
                ? new Reply.Satisfiable(script.Wanted.Map(_ => new Value(1, 8)))
            : script.Text.Contains("dies", StringComparison.Ordinal) ? new Reply.Failed($"{name} ended with code 139")
            : script.Text.Contains("open", StringComparison.Ordinal) ? new Reply.Undecided($"no verdict in {limit.TotalSeconds} s")
            : new Reply.Unsatisfiable();

        public void Interrupt()
        {
            // It answers at once.
        }

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
