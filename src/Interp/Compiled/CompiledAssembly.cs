using System.Reflection;
using System.Reflection.Emit;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Compiled;

/// <summary>A compiled program as an assembly, which can be read again: the CIL that a <see cref="Vm"/> runs first.</summary>
/// <remarks>A machine whose accesses are elsewhere compiles again, with other expectations.</remarks>
/// <param name="Plan">What it was made from.</param>
/// <param name="Expectations">Where accesses are expected.</param>
/// <param name="Body">How its method is made up.</param>
/// <param name="Bytes">The assembly.</param>
internal sealed record CompiledAssembly(CompiledPlan Plan, Expectations Expectations, CompiledBody Body, Sequence<byte> Bytes)
{
    /// <summary>The facts that the code takes to be proved of runs; null if it takes none.</summary>
    public RunFacts? Facts { get; private init; }

    /// <summary>How runs begin that the code is for; null if it is for any.</summary>
    public Beginning? Beginning { get; private init; }

    /// <summary>The type that the method is in.</summary>
    public const string Type = "Program";

    /// <summary>The method, with the parameters of <see cref="CompiledCode"/>; it yields the slot to go on from.</summary>
    public const string Method = "Run";

    /// <summary>Compiles a program for a machine with a context.</summary>
    /// <param name="program">The program.</param>
    /// <param name="facts">What is proved of its runs; null if nothing is.</param>
    public static CompiledAssembly Of(CheckedProgram program, RunFacts? facts = null)
    {
        var plan = PlanOf(program, onlyFromEntry: false);
        return Of(plan, ExpectationsOf(plan), facts, null);
    }

    /// <summary>Compiles a program for runs that all begin alike; null if it cannot be compiled so.</summary>
    /// <param name="program">The program.</param>
    /// <param name="facts">What is proved of its runs; null if nothing is.</param>
    public static CompiledAssembly? OfAlike(CheckedProgram program, RunFacts? facts = null)
    {
        var profile = program.Rules.Profile;
        var plan = PlanOf(program, onlyFromEntry: true);

        // As a machine expects them, which compiles with all entries first.
        var expectations = ExpectationsOf(PlanOf(program, onlyFromEntry: false));
        var beginning = new Beginning(
            facts?.ContextLength,
            profile.InitialRegisters is InitialRegisters.ContextAndLength,
            plan.FrameBytes,
            Count(profile.BranchLimit),
            Count(profile.InstructionLimit));
        return beginning.Suits(plan, expectations, facts) ? Of(plan, expectations, facts, beginning) : null;
    }

    private static CompiledPlan PlanOf(CheckedProgram program, bool onlyFromEntry)
    {
        var profile = program.Rules.Profile;
        var isMetered = profile.InstructionLimit is Allowance<ulong>.Remaining;
        return new(
            Predecoder.Decode(program, new VmOptions().Platform, isMetered),
            program.Entry,
            isMetered,
            (ulong)profile.FrameBytes,
            onlyFromEntry);
    }

    private static Expectations ExpectationsOf(CompiledPlan plan) =>
        Prediction.Of(plan, AddressSpace.Stack, new(Beginning.ContextRegion, AddressSpace.Context));

    private static ulong Count(Allowance<ulong> limit) => limit switch
    {
        Allowance<ulong>.Unlimited => ulong.MaxValue,
        Allowance<ulong>.Remaining(var count) => count,
    };

    private static CompiledAssembly Of(CompiledPlan plan, Expectations expectations, RunFacts? facts, Beginning? beginning)
    {
        var builder = new PersistedAssemblyBuilder(new("program"), typeof(object).Assembly);
        var type = builder.DefineDynamicModule("program").DefineType(
            Type, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, typeof(object));
        var method = type.DefineMethod(
            Method,
            MethodAttributes.Public | MethodAttributes.Static,
            typeof(int),
            [.. beginning is null ? CompiledCode.Parameters : CompiledCode.ParametersFromEntry]);
        method.InitLocals = false;
        var body = Emitter.Emit(plan, expectations, facts, beginning, method.GetILGenerator());
        type.CreateType();
        using var stream = new MemoryStream();
        builder.Save(stream);
        return new(plan, expectations, body, Sequence.Of<byte>(stream.ToArray())) { Facts = facts, Beginning = beginning };
    }
}
