using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using RbpfSpec.Cil;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Host;

/// <summary>A deliberate change of what a function of the code yields, or of what it is asked.</summary>
/// <param name="Name">What is wrong, in a few words.</param>
/// <param name="Method">The name of the function.</param>
/// <param name="Instead">What it yields, of the function as it is and of what it is asked.</param>
internal sealed record CodeBug(string Name, string Method, Func<Func<Sequence<Term>, Term>, Sequence<Term>, Term> Instead);

/// <summary>Functions of numbers, read from their compiled code: static methods without loops.</summary>
/// <param name="mutant">An instruction to read as another; null to read what is there.</param>
/// <param name="bug">A change of a function; null for none.</param>
internal sealed class CompiledCode(CilMutant? mutant = null, CodeBug? bug = null)
{
    // An assembly is read by one thread at a time.
    [ThreadStatic]
    private static Dictionary<System.Reflection.Assembly, CilAssembly>? assemblies;

    private static readonly ConcurrentDictionary<(Type Type, string Name), MethodInfo> Methods = [];

    private readonly CilReader<NoMemory> reader = new(mutant);
    private readonly List<(MethodInfo Method, Sequence<Term> Arguments, Term Result)> calls = [];
    private readonly List<Term> demands = [];
    private string problem = "";

    /// <summary>The instructions that were read, each with its method.</summary>
    public IReadOnlyCollection<(Mono.Cecil.MethodDefinition Method, Mono.Cecil.Cil.Instruction At)> Met => reader.Met;

    /// <summary>That all that was asked is defined.</summary>
    public Term IsDefined => problem == "" ? Make.All(demands) : Make.False;

    /// <summary>A function of numbers: 64 bits where its parameter or its result is a long number, else 32.</summary>
    /// <param name="type">The type that has it.</param>
    /// <param name="name">Its name, which no other there has.</param>
    /// <param name="arguments">The arguments.</param>
    public Term Call(Type type, string name, params Sequence<Term> arguments) =>
        bug?.Method == name ? bug.Instead(asked => Read(type, name, asked), arguments) : Read(type, name, arguments);

    /// <summary>A function with a truth value.</summary>
    public Term Holds(Type type, string name, params Sequence<Term> arguments) => Call(type, name, arguments).DiffersFrom(0);

    /// <summary>The calls under a model; not shown if the code, run on these numbers, says otherwise than its reading.</summary>
    public Replay Show(Assignment assignment)
    {
        if (problem != "") return new Replay.NotShown(problem);
        List<string> lines = [];
        foreach (var (method, arguments, result) in calls)
        {
            var numbers = arguments.Map(argument => (ulong)assignment.Evaluate(argument));
            var read = (ulong)assignment.Evaluate(result);
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", numbers.Select(number => $"0x{number:x}"))}) = 0x{read:x}");
            if (mutant is null && Run(method, numbers) != read) return new Replay.NotShown($"{line}, as it is read; run, it is another");
            if (!lines.Contains(line)) lines.Add(line);
        }

        return new Replay.Shown([.. lines]);
    }

    private Term Read(Type type, string name, Sequence<Term> arguments)
    {
        var method = Methods.GetOrAdd((type, name), static key => key.Type.GetMethod(
            key.Name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            ?? throw new MissingMethodException(key.Type.FullName, key.Name));
        var width = WidthOf(method.ReturnType);
        assemblies ??= [];
        if (!assemblies.TryGetValue(type.Assembly, out var assembly)) assemblies[type.Assembly] = assembly = CilAssembly.Of(type);
        switch (reader.Call(assembly.Method(method), [.. arguments.Select(argument => new CilValue.Number(argument))], NoMemory.None))
        {
            case CilReading<NoMemory>.Read(var paths, var demanded) when paths.All(path => ValueOf(path)?.Width == width):
                demands.AddRange(demanded.Select(demand => demand.Holds));
                var result = paths.Take(paths.Count - 1).Reverse().Aggregate(
                    ValueOf(paths[^1])!, (rest, path) => Make.Choose(Make.All(path.Condition), ValueOf(path)!, rest));
                calls.Add((method, arguments, result));
                return result;
            case CilReading<NoMemory>.Rejected(var reason):
                problem = reason;
                break;
            default:
                problem = $"{name} yields no number of {width} bits";
                break;
        }

        return Make.Constant(0UL, width);
    }

    private static Term? ValueOf(CilPath<NoMemory> path) => path.End is CilEnd.Returned(CilValue.Number(var term)) ? term : null;

    private static int WidthOf(Type type) => type == typeof(long) || type == typeof(ulong) ? 64 : 32;

    private static ulong Run(MethodInfo method, Sequence<ulong> numbers)
    {
        var parameters = method.GetParameters();
        var arguments = parameters.Select((parameter, index) => As(parameter.ParameterType, numbers[index])).ToArray();
        return method.Invoke(null, arguments) switch
        {
            bool value => value ? 1UL : 0,
            ulong value => value,
            long value => (ulong)value,
            Enum value => (uint)Convert.ToInt32(value, CultureInfo.InvariantCulture),
            var value => (uint)Convert.ToInt64(value, CultureInfo.InvariantCulture),
        };
    }

    private static object As(Type type, ulong number) => type switch
    {
        { IsEnum: true } => Enum.ToObject(type, number),
        _ when type == typeof(bool) => number != 0,
        _ when type == typeof(byte) => (byte)number,
        _ when type == typeof(short) => (short)number,
        _ when type == typeof(ushort) => (ushort)number,
        _ when type == typeof(int) => (int)number,
        _ when type == typeof(uint) => (uint)number,
        _ when type == typeof(long) => (long)number,
        _ => number,
    };

    // Functions of numbers reach no memory.
    private sealed class NoMemory : ICilMemory<NoMemory>
    {
        public static NoMemory None { get; } = new();

        public CilAccess<CilValue>? Load(CilValue.Pointer at, int bytes, CilKind kind) => null;

        public CilAccess<NoMemory>? Store(CilValue.Pointer at, int bytes, CilValue value) => null;

        public CilAccess<NoMemory>? Call(string method, Sequence<CilValue> arguments) => null;
    }
}
