using System.Runtime.InteropServices;

namespace RbpfSpec.Certifying;

/// <summary>Checks that clauses cannot hold together, by a proof that somebody else has found.</summary>
/// <remarks>
/// The proof is a list of further clauses. Each is taken only if it follows: if all its literals were false, the clauses before it would
/// force a contradiction, one literal after the other (reverse unit propagation). So whatever a proof says, what is taken follows from
/// the clauses that it began with, and the last one that is taken is the empty one. A proof may also say that a clause is needed no
/// more; that makes it faster, and cannot make it wrong.
/// </remarks>
internal sealed class ProofChecker
{
    private readonly List<int[]?> clauses = [];
    private readonly Dictionary<int, List<int>> byHash = [];

    // Of each literal the clauses that watch it: two literals of each, of which neither is false unless the clause has done its work.
    private readonly List<int>[] watches;
    private readonly sbyte[] values;
    private readonly List<int> trail = [];
    private int propagated;
    private bool isRefuted;

    private ProofChecker(int variables)
    {
        watches = new List<int>[2 * (variables + 1)];
        for (var i = 0; i < watches.Length; i++) watches[i] = [];
        values = new sbyte[variables + 1];
    }

    /// <summary>Why a proof does not show that a formula has no solution; null if it does.</summary>
    /// <param name="formula">The formula.</param>
    /// <param name="proof">The proof, in the binary form of DRAT: <c>a</c> or <c>d</c>, literals, and 0.</param>
    public static string? Problem(Clauses formula, ReadOnlySpan<byte> proof)
    {
        var checker = new ProofChecker(formula.Variables);
        foreach (var clause in formula.Lists) checker.Add([.. clause]);
        List<int> literals = [];
        for (var (at, step) = (0, 1); !checker.isRefuted; step++)
        {
            if (at == proof.Length) return $"it ends after {step - 1} steps without a contradiction";
            var kind = proof[at++];
            literals.Clear();
            if (Read(proof, ref at, formula.Variables, literals) is { } problem) return $"step {step}: {problem}";
            switch (kind)
            {
                case (byte)'d':
                    checker.Delete(literals);
                    break;
                case (byte)'a' when checker.Follows(literals):
                    checker.Add([.. literals]);
                    break;
                case (byte)'a':
                    return $"step {step}: its clause does not follow";
                default:
                    return $"step {step}: byte 0x{kind:x2} begins no step";
            }
        }

        return null;
    }

    // Numbers of 7 bits a byte, the lowest first; twice the variable, and one more if it is negated.
    private static string? Read(ReadOnlySpan<byte> proof, ref int at, int variables, List<int> literals)
    {
        while (true)
        {
            var (number, shift) = (0L, 0);
            while (true)
            {
                if (at == proof.Length) return "it ends in the middle";
                var part = proof[at++];
                number |= (long)(part & 0x7f) << shift;
                if ((part & 0x80) == 0) break;
                if ((shift += 7) > 35) return "a number is too long";
            }

            if (number == 0) return null;
            if (number >> 1 is 0 or > int.MaxValue || number >> 1 > variables) return $"there is no variable {number >> 1}";
            literals.Add((number & 1) == 0 ? (int)(number >> 1) : -(int)(number >> 1));
        }
    }

    private bool IsTrue(int literal) => values[Math.Abs(literal)] == Math.Sign(literal);

    private bool IsFalse(int literal) => values[Math.Abs(literal)] == -Math.Sign(literal);

    private List<int> Watching(int literal) => watches[(2 * Math.Abs(literal)) + (literal < 0 ? 1 : 0)];

    private void Assign(int literal)
    {
        values[Math.Abs(literal)] = (sbyte)Math.Sign(literal);
        trail.Add(literal);
    }

    // Whether a clause follows; afterwards nothing is assigned but what was before.
    private bool Follows(List<int> literals)
    {
        var (before, done) = (trail.Count, propagated);
        var follows = false;
        foreach (var literal in literals)
        {
            if (IsTrue(literal))
            {
                // It was forced before, or it is in the clause with its opposite: the clause holds.
                follows = true;
                break;
            }

            if (!IsFalse(literal)) Assign(-literal);
        }

        follows = follows || !Propagate();
        for (var i = before; i < trail.Count; i++) values[Math.Abs(trail[i])] = 0;
        trail.RemoveRange(before, trail.Count - before);
        propagated = done;
        return follows;
    }

    // A clause that follows. What it forces stays forced, though a clause that forced it may be deleted: it follows all the same.
    private void Add(int[] literals)
    {
        // Those that are not false come first.
        var open = 0;
        for (var i = 0; i < literals.Length && open < 2; i++)
        {
            if (!IsFalse(literals[i])) (literals[open++], literals[i]) = (literals[i], literals[open - 1]);
        }

        if (open == 0)
        {
            isRefuted = true;
            return;
        }

        if (literals.Length > 1)
        {
            clauses.Add(literals);
            Bucket(literals).Add(clauses.Count - 1);
            Watching(literals[0]).Add(clauses.Count - 1);
            Watching(literals[1]).Add(clauses.Count - 1);
        }

        if (open > 1 || IsTrue(literals[0])) return;
        Assign(literals[0]);
        if (!Propagate()) isRefuted = true;
    }

    private void Delete(List<int> literals)
    {
        HashSet<int> wanted = [.. literals];
        var bucket = Bucket(CollectionsMarshal.AsSpan(literals));
        var found = bucket.FindIndex(
            number => clauses[number] is { } clause && clause.Length == literals.Count && wanted.SetEquals(clause));
        if (found < 0) return;
        clauses[bucket[found]] = null;
        bucket.RemoveAt(found);
    }

    private List<int> Bucket(ReadOnlySpan<int> literals)
    {
        // Of the same literals in whatever order.
        var hash = 0;
        foreach (var literal in literals) hash += literal * literal * 31 + literal;
        if (!byHash.TryGetValue(hash, out var bucket)) byHash[hash] = bucket = [];
        return bucket;
    }

    // Assigns what is forced; false at a contradiction.
    private bool Propagate()
    {
        while (propagated < trail.Count)
        {
            var falsified = -trail[propagated++];
            var watching = Watching(falsified);
            var kept = 0;
            for (var i = 0; i < watching.Count; i++)
            {
                var number = watching[i];
                if (clauses[number] is not { } clause) continue;
                if (clause[0] == falsified) (clause[0], clause[1]) = (clause[1], clause[0]);
                if (!IsTrue(clause[0]) && Moved(clause, number)) continue;
                watching[kept++] = number;
                if (IsTrue(clause[0])) continue;
                if (!IsFalse(clause[0]))
                {
                    Assign(clause[0]);
                    continue;
                }

                while (++i < watching.Count) watching[kept++] = watching[i];
                watching.RemoveRange(kept, watching.Count - kept);
                return false;
            }

            watching.RemoveRange(kept, watching.Count - kept);
        }

        return true;
    }

    // Whether another literal is watched now instead of the second.
    private bool Moved(int[] clause, int number)
    {
        for (var i = 2; i < clause.Length; i++)
        {
            if (IsFalse(clause[i])) continue;
            (clause[1], clause[i]) = (clause[i], clause[1]);
            Watching(clause[1]).Add(number);
            return true;
        }

        return false;
    }
}
