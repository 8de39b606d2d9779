using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proving.Campaigns;

/// <summary>A solver that is not asked the same script twice: a rule that profiles share has the same script in each.</summary>
/// <param name="solver">The solver.</param>
/// <param name="verdicts">The verdicts so far, by the hash of the script; shared by the sessions of a campaign.</param>
public sealed class RememberingSolver(ISolver solver, ConcurrentDictionary<string, Reply> verdicts) : ISolver
{
    public string Name => solver.Name;

    public string Version => solver.Version;

    public Reply Solve(Script script, TimeSpan limit)
    {
        var hash = Hash(script);
        if (verdicts.TryGetValue(hash, out var known)) return known;
        var reply = solver.Solve(script, limit);

        // What was undecided once may be decided later, when the computer has less to do.
        if (reply is Reply.Unsatisfiable or Reply.Satisfiable) verdicts[hash] = reply;
        return reply;
    }

    public void Interrupt() => solver.Interrupt();

    public void Dispose() => solver.Dispose();

    private static string Hash(Script script) => Convert.ToHexString(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\0', [script.Text, .. script.Wanted]))));
}
