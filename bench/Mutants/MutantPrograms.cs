using RbpfSpec.Fuzzing;
using RbpfSpec.Interp;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Bench.Mutants;

/// <summary>Generated programs on the fast machine and on the semantics.</summary>
public static class MutantPrograms
{
    /// <summary>
    /// The number of the first program, of all profiles in turn, on which an engine and the semantics differ; -1 if they do on
    /// none.
    /// </summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="programs">How many programs there are.</param>
    public static int FirstDifference(string engine, int programs)
    {
        const ulong Seed = 1;
        var contender = ComparedMachine.Of(Enum.Parse<Engine>(engine, ignoreCase: true));
        Setting[] settings = [.. Profile.All.Select(Setting.Of)];
        Fuzzer[] fuzzers = [.. settings.Select(setting => new Fuzzer(setting, contender, ComparedMachine.Reference, Seed))];
        for (var i = 0; i < programs; i++)
        {
            var which = i % settings.Length;
            if (fuzzers[which].Try(FuzzCase.Draw(settings[which], Seed, (ulong)(i / settings.Length), out _)) is not null) return i;
        }

        return -1;
    }
}
