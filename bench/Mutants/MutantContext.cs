using System.Reflection;
using System.Runtime.Loader;

namespace RbpfSpec.Bench.Mutants;

/// <summary>
/// Code that runs against another build of the fast machine: what uses that machine is loaded a second time, the rest is
/// shared.
/// </summary>
/// <param name="machine">The other build.</param>
internal sealed class MutantContext(Stream machine) : AssemblyLoadContext("mutant")
{
    private static readonly string[] Users = ["RbpfSpec.Fuzzing", "RbpfSpec.Bench"];

    /// <summary>Calls a static method of this program there.</summary>
    /// <param name="method">The method, with a return value of the runtime's own type.</param>
    /// <param name="arguments">Its arguments, of such types too.</param>
    public object? Call(MethodInfo method, params object?[] arguments)
    {
        var type = LoadFromAssemblyPath(method.DeclaringType!.Assembly.Location)
            .GetType(method.DeclaringType.FullName!, throwOnError: true)!;
        return type.GetMethod(method.Name)!.Invoke(null, arguments);
    }

    protected override System.Reflection.Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
    {
        "RbpfSpec.Interp" => LoadFromStream(machine),
        { } name when Users.Contains(name) => LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")),
        _ => null,
    };
}
