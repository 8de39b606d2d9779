using System.Collections.Immutable;
using Mono.Cecil;
using Mono.Cecil.Cil;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cil;

/// <summary>Executes compiled code over terms, along every path at once.</summary>
/// <remarks>
/// <para>
/// It knows the instructions that code on numbers and pointers is made of; methods of the same assembly are executed
/// where they are called. What it does not know it rejects. It never asks a solver: a path that nothing leads along stays,
/// with a condition that cannot hold.
/// </para>
/// <para>
/// Of the paths under way the one that is furthest behind goes on, so that paths meet again where branches join; two
/// that differ in numbers only go on as one.
/// </para>
/// </remarks>
/// <param name="mutant">An instruction to read as another, for mutants; null to read what is there.</param>
public sealed class CilReader<TMemory>(CilMutant? mutant = null)
    where TMemory : class, ICilMemory<TMemory>
{
    private const int MostSteps = 20_000;

    // Of calls within each other; each takes some of the thread's stack.
    private const int MostCalls = 32;

    private readonly HashSet<(MethodDefinition Method, Instruction At)> met = [];
    private readonly List<CilDemand> demands = [];
    private int steps;
    private int calls;

    /// <summary>The instructions executed so far, each with its method.</summary>
    public IReadOnlyCollection<(MethodDefinition Method, Instruction At)> Met => met;

    /// <summary>Reads a method from its start to its ends.</summary>
    public CilReading<TMemory> Call(CilMethod method, Sequence<CilValue> arguments, TMemory memory) =>
        Read(() => Run(new(Begin(method, [.. arguments]), [], memory), _ => false, []));

    /// <summary>Reads a method from its start to where it comes to an instruction, or to its ends.</summary>
    public CilReading<TMemory> Enter(CilMethod method, Sequence<CilValue> arguments, TMemory memory, Instruction until) =>
        Enter(method, arguments, memory, instruction => instruction == until);

    /// <summary>Reads a method from its start to where it comes to one of some instructions, or to its ends.</summary>
    public CilReading<TMemory> Enter(CilMethod method, Sequence<CilValue> arguments, TMemory memory, Func<Instruction, bool> until) =>
        Read(() => Run(new(Begin(method, [.. arguments]), [], memory), until, []));

    /// <summary>Reads a method from where it is to where it comes to the same instruction again, or to its ends.</summary>
    public CilReading<TMemory> Around(CilFrame frame, TMemory memory) =>
        On(frame, memory, instruction => instruction == frame.At);

    /// <summary>Reads a method from where it is to where it comes to one of some instructions, or to its ends.</summary>
    public CilReading<TMemory> On(CilFrame frame, TMemory memory, Func<Instruction, bool> until) =>
        Read(() => Run(new(frame, [], memory), until, []));

    /// <summary>Reads a method that another one calls.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="premises">What holds where it is called.</param>
    internal IEnumerable<CilPath<TMemory>> Nested(
        CilMethod method, ImmutableArray<CilValue> arguments, TMemory memory, ImmutableList<Term> premises)
    {
        var begin = Begin(method, arguments);
        if (++calls > MostCalls) throw new UnknownCode(begin, $"more than {MostCalls} calls within each other");
        var paths = Run(new(begin, [], memory), _ => false, premises);
        calls--;
        return paths;
    }

    /// <summary>The instruction to execute at a place.</summary>
    internal Instruction At(CilFrame frame)
    {
        if (++steps > MostSteps) throw new UnknownCode(frame, $"more than {MostSteps} steps");
        met.Add((frame.Method.Definition, frame.At));
        return mutant is not null && mutant.IsAt(frame) ? mutant.Instead : frame.At;
    }

    /// <summary>Notes what must hold.</summary>
    internal void Demand(CilDemand demand) => demands.Add(demand);

    private CilReading<TMemory> Read(Func<List<CilPath<TMemory>>> run)
    {
        demands.Clear();
        (steps, calls) = (0, 0);
        try
        {
            return new CilReading<TMemory>.Read(run().ToSequence(), demands.ToSequence());
        }
        catch (UnknownCode unknown)
        {
            return new CilReading<TMemory>.Rejected(unknown.Message);
        }
    }

    private static CilFrame Begin(CilMethod method, ImmutableArray<CilValue> arguments) =>
        new(method, method.Start, arguments, [.. new CilValue?[method.Definition.Body.Variables.Count]], []);

    private List<CilPath<TMemory>> Run(CilWalker<TMemory> start, Func<Instruction, bool> until, ImmutableList<Term> premises)
    {
        List<CilPath<TMemory>> ended = [];
        var open = new CilMeetings<TMemory>();
        for (var walker = start; walker is not null; walker = open.Take())
        {
            var step = new CilStep<TMemory>(this, walker, premises);
            foreach (var next in step.Execute())
            {
                if (until(next.Frame.At)) ended.Add(new(next.Condition, new CilEnd.Looped(next.Frame), next.Memory));
                else open.Add(next);
            }

            ended.AddRange(step.Ended);
        }

        return CilMeetings<TMemory>.Merge(ended);
    }
}

/// <summary>A path under way.</summary>
/// <param name="Frame">Where it is.</param>
/// <param name="Condition">What led there.</param>
/// <param name="Memory">The memory.</param>
internal sealed record CilWalker<TMemory>(CilFrame Frame, ImmutableList<Term> Condition, TMemory Memory);

/// <summary>Code that the reader does not know; caught where reading began.</summary>
internal sealed class UnknownCode(CilFrame frame, string what)
    : Exception($"{frame.Method} at IL_{frame.At.Offset:x4}: {what} is not known to the reader of CIL: "
        + $"'{frame.At.OpCode.Name} {frame.At.Operand}'");
