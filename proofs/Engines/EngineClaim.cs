using Mono.Cecil;
using Mono.Cecil.Cil;
using RbpfSpec.Cil;
using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;

namespace RbpfSpec.Proofs.Engines;

/// <summary>A claim about the compiled code of an engine, open for any code, so that mutants of the code can be put to it.</summary>
/// <remarks>The code is read from the assembly that is loaded. An assembly is read by one thread at a time, so each has its own.</remarks>
public sealed class EngineClaim
{
    [ThreadStatic]
    private static CilAssembly? assembly;

    // A claim and its mutants are stated one after the other, and all of them from the code as it is.
    [ThreadStatic]
    private static (EngineClaim Claim, Proposition Proposition, EngineCode Code) latest;

    /// <summary>The engines, by name.</summary>
    public static Sequence<string> Engines { get; } = ["threaded", "switch"];

    private readonly Func<EngineCode, EngineCode, Proposition> conclusion;

    /// <summary>A claim.</summary>
    /// <param name="id">The id.</param>
    /// <param name="sentence">What is claimed.</param>
    /// <param name="engine">The engine's name.</param>
    /// <param name="conclusion">What is claimed, of some code of the engine; given also the code as it is.</param>
    internal EngineClaim(string id, string sentence, string engine, Func<EngineCode, EngineCode, Proposition> conclusion) =>
        (Id, Sentence, Engine, this.conclusion) = (id, sentence, engine, conclusion);

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The claim, one sentence.</summary>
    public string Sentence { get; }

    /// <summary>The engine's name.</summary>
    public string Engine { get; }

    /// <summary>The claims that it takes for granted.</summary>
    internal Sequence<Claim> Lemmas { get; init; } = [];

    /// <summary>The claim about the code as it is, with two of its mutants.</summary>
    public Claim ToClaim() => new()
    {
        Id = Id,
        Sentence = Sentence,
        Source = Clause.Spec("refinement"),
        State = () => About(null).Proposition,
        Mutants = Sequence.Generate(
            2, index => new Mutant($"an instruction of the compiled code is read as another ({index + 1} of 2)", () => Mutated(index))),
        Lemmas = Lemmas,
    };

    /// <summary>The formulas of the claim, and the code that they are about.</summary>
    /// <param name="mutant">An instruction to read as another, of the calling thread's assembly; null to read what is there.</param>
    internal (Proposition Proposition, EngineCode Code) About(CilMutant? mutant)
    {
        if (mutant is null && latest.Claim == this) return (latest.Proposition, latest.Code);
        var code = CodeOf(mutant);
        var proposition = conclusion(code, mutant is null ? code : CodeOf(null));
        if (mutant is null) latest = (this, proposition, code);
        return (proposition, code);
    }

    /// <summary>The instructions that it meets, in the calling thread's assembly, each with its method.</summary>
    internal IReadOnlyCollection<(MethodDefinition Method, Instruction At)> Met() => About(null).Code.Met;

    private static CilAssembly Assembly => assembly ??= CilAssembly.Of(typeof(PredecodedStep));

    private unsafe EngineCode CodeOf(CilMutant? mutant) => Engine == Engines[0]
        ? new ThreadedCode(Assembly, HandlerTable.MethodOf, mutant)
        : new SwitchCode(Assembly.Method(typeof(SwitchEngine).FullName!, nameof(SwitchEngine.Run)), &SwitchEngine.Run, mutant);

    // Which instruction is read as another is found when the mutant is asked for: most show on the first values tried.
    private Proposition Mutated(int index)
    {
        var (proposition, code) = About(null);
        CilMutant[] mutants = [.. CilMutant.Of(code.Met)];
        for (var i = 0; i < mutants.Length; i++)
        {
            proposition = About(mutants[(i + (index * mutants.Length / 2)) % mutants.Length]).Proposition;
            if (proposition.Question(ClaimKind.Always).Sample() is { } sample && proposition.Replay(sample) is Replay.Shown)
            {
                return proposition;
            }
        }

        return proposition;
    }
}
