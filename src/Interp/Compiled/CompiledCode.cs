using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using RbpfSpec.Interp.Execution;

namespace RbpfSpec.Interp.Compiled;

/// <summary>A compiled program.</summary>
internal sealed unsafe class CompiledCode
{
    /// <summary>The answer if the state is none that the code is for: nothing is done.</summary>
    public const int Refused = -1;

    /// <summary>The answer if fewer branches are left than the entry reserves: nothing is done.</summary>
    public const int Short = -2;

    // Where the runtime's compiler no longer optimises: clr/src/jit/jitconfigvalues.h, DEFAULT_MIN_OPTS_*. Half of each, as
    // it counts its own blocks, variables and uses beside these.
    private const int MostBytes = 30_000;
    private const int MostBlocks = 1_000;
    private const int MostVariables = 500;
    private const int MostUses = 6_000;

    // Above it one of those is exceeded anyway.
    private const int MostInstructions = 4_000;

    // By slot, up to the last entry.
    private readonly int[] places;

    private CompiledCode(CompiledPlan plan, Method run)
    {
        places = new int[plan.Entries[^1] + 1];
        Array.Fill(places, -1);
        for (var place = 0; place < plan.Entries.Count; place++) places[plan.Entries[place]] = place;
        Run = run;
    }

    /// <summary>Runs from an entry on; yields the slot to go on from, <see cref="Refused"/> or <see cref="Short"/>.</summary>
    /// <param name="state">The <see cref="RunState"/>.</param>
    /// <param name="place">Which entry, as <see cref="PlaceOf"/> says.</param>
    public delegate int Method(byte* state, int place);

    /// <summary>Runs from the program's entry on, if runs begin as <see cref="Beginning"/> says; yields the slot to go on from.</summary>
    /// <param name="state">The <see cref="RunState"/>, whose registers and budgets it does not read.</param>
    /// <param name="context">The first byte of the context.</param>
    public delegate int MethodFromEntry(byte* state, byte* context);

    /// <summary>The parameters of the method behind a <see cref="MethodFromEntry"/>.</summary>
    public static Sequence<Type> ParametersFromEntry { get; } = [typeof(object), typeof(byte*), typeof(byte*)];

    /// <summary>The parameters of a compiled method: an object that it does not use, the state, and the place of an entry.</summary>
    /// <remarks>With the object a delegate holds the method itself, not code of the runtime that moves its arguments.</remarks>
    public static Sequence<Type> Parameters { get; } = [typeof(object), typeof(byte*), typeof(int)];

    /// <summary>Whether programs can be compiled in this process.</summary>
    public static bool IsAvailable { get; } = RuntimeFeature.IsDynamicCodeCompiled && Environment.Is64BitProcess;

    /// <summary>Compiles a program; what speaks against it if it cannot be compiled well.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="expectations">Where accesses are expected.</param>
    /// <param name="facts">What is proved; null if nothing is.</param>
    /// <param name="problem">The reason why there is no code; null if there is.</param>
    public static CompiledCode? Compile(CompiledPlan plan, Expectations expectations, RunFacts? facts, out string? problem)
    {
        if (plan.Entries.IsEmpty)
        {
            problem = "the program has no instruction that can be compiled";
            return null;
        }

        if (plan.Instructions.Count > MostInstructions)
        {
            problem = Problem(plan.Instructions.Count, "instructions", MostInstructions);
            return null;
        }

        var method = New(Parameters);
        problem = ProblemOf(Emitter.Emit(plan, expectations, facts, null, method.GetILGenerator()));
        if (problem is not null) return null;
        var compiled = method.CreateDelegate<Method>(plan);

        // Compiled here, not at the first run: without an entry it refuses, whatever the state.
        RunState none = default;
        none.StackStart = 1;
        _ = compiled((byte*)&none, plan.Entries.Count);
        return new(plan, compiled);
    }

    /// <summary>Compiles a program for runs that all begin alike; null if it cannot be compiled so.</summary>
    /// <param name="plan">The plan, with the program's entry alone.</param>
    /// <param name="expectations">Where accesses are expected.</param>
    /// <param name="facts">What is proved; null if nothing is.</param>
    /// <param name="beginning">How runs begin.</param>
    /// <param name="writesStack">Whether the code may write to the stack.</param>
    public static MethodFromEntry? Compile(
        CompiledPlan plan, Expectations expectations, RunFacts? facts, Beginning beginning, out bool writesStack)
    {
        writesStack = true;
        if (!beginning.Suits(plan, expectations, facts)) return null;
        var method = New(ParametersFromEntry);
        var body = Emitter.Emit(plan, expectations, facts, beginning, method.GetILGenerator());
        writesStack = body.WritesStack;
        return ProblemOf(body) is null ? method.CreateDelegate<MethodFromEntry>(plan) : null;
    }

    private static DynamicMethod New(Sequence<Type> parameters) => new(
        "program", typeof(int), [.. parameters], typeof(CompiledCode).Module, skipVisibility: true)
    {
        InitLocals = false,
    };

    /// <summary>The code.</summary>
    public Method Run { get; }

    /// <summary>Which entry a slot is; -1 if it is none.</summary>
    public int PlaceOf(int slot) => (uint)slot < (uint)places.Length ? places[slot] : -1;

    /// <summary>Why the runtime's compiler would not optimise a body; null if it will.</summary>
    public static string? ProblemOf(CompiledBody body) =>
        body.Bytes > MostBytes ? Problem(body.Bytes, "bytes of CIL", MostBytes)
        : body.Blocks > MostBlocks ? Problem(body.Blocks, "basic blocks", MostBlocks)
        : body.Variables > MostVariables ? Problem(body.Variables, "local variables", MostVariables)
        : body.Uses > MostUses ? Problem(body.Uses, "uses of local variables", MostUses)
        : null;

    private static string Problem(int number, string what, int most) =>
        $"compiled it would have {number} {what}; above {most} the runtime may not optimise it";
}
