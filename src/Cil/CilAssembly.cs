using Mono.Cecil;

namespace RbpfSpec.Cil;

/// <summary>A compiled assembly, opened for reading, and those whose methods it may call.</summary>
/// <remarks>One thread at a time may use it.</remarks>
public sealed class CilAssembly
{
    private readonly ModuleDefinition[] modules;

    // What is looked up again for every instruction executed.
    private readonly Dictionary<FieldReference, ulong> offsets = [];

    private readonly Dictionary<(CilMethod Caller, MethodReference Called, TypeReference? Constraint), CilMethod?> callees = [];

    private CilAssembly(ModuleDefinition[] modules) => this.modules = modules;

    /// <summary>The assembly that a type is loaded from: the very file.</summary>
    /// <param name="type">The type.</param>
    /// <param name="called">Types of other assemblies whose methods are read where they are called.</param>
    /// <exception cref="FileNotFoundException">An assembly was loaded from no file.</exception>
    public static CilAssembly Of(Type type, params IEnumerable<Type> called)
    {
        var together = new Together();
        return new([.. ((IEnumerable<Type>)[type, .. called]).Select(together.Read)]);
    }

    /// <summary>An assembly that is in no file, whose methods call none of others.</summary>
    /// <param name="bytes">The assembly.</param>
    /// <exception cref="BadImageFormatException">The bytes are no assembly.</exception>
    public static CilAssembly Of(ReadOnlySpan<byte> bytes) =>
        new([ModuleDefinition.ReadModule(new MemoryStream(bytes.ToArray()), new() { InMemory = true })]);

    /// <summary>A type by its full name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public TypeDefinition Type(string name) =>
        modules.Select(module => module.GetType(name)).FirstOrDefault(type => type is not null) ?? throw new ArgumentException(
            $"no type {name}", nameof(name));

    /// <summary>The one method of a name in a type.</summary>
    /// <param name="type">The full name of the type.</param>
    /// <param name="name">The name of the method.</param>
    /// <param name="types">The full names of the types that its parameters of type stand for.</param>
    /// <exception cref="ArgumentException">There is no such type.</exception>
    /// <exception cref="InvalidOperationException">There is not exactly one such method.</exception>
    public CilMethod Method(string type, string name, params IEnumerable<string> types) =>
        new(this, Type(type).Methods.Single(method => method.Name == name), [.. types.Select(Type)]);

    /// <summary>The method that reflection knows.</summary>
    /// <exception cref="InvalidOperationException">It is in none of these assemblies.</exception>
    public CilMethod Method(System.Reflection.MethodInfo method) => new(
        this,
        (MethodDefinition)modules.Single(module => module.Assembly.FullName == method.Module.Assembly.FullName).LookupToken(
            method.MetadataToken),
        [.. method.GetGenericArguments().Select(argument => Type(argument.FullName!.Replace('+', '/')))]);

    /// <summary>Whether a method's body may be read.</summary>
    internal bool Reads(MethodDefinition method) => modules.Contains(method.Module);

    /// <summary>The distance in bytes of a field from the start of its struct.</summary>
    internal ulong OffsetOf(FieldReference field)
    {
        if (offsets.TryGetValue(field, out var known)) return known;
        return offsets[field] = (ulong)CilLayout.OffsetOf(field.Resolve());
    }

    /// <summary>The method that a call in a method calls; null if it has no body to be read.</summary>
    /// <param name="caller">The method with the call.</param>
    /// <param name="called">The method as the call names it.</param>
    /// <param name="constraint">The type that a call of an interface's method is constrained to, if it is.</param>
    internal CilMethod? CalleeOf(CilMethod caller, MethodReference called, TypeReference? constraint)
    {
        if (callees.TryGetValue((caller, called, constraint), out var known)) return known;
        return callees[(caller, called, constraint)] = caller.Callee(called, constraint);
    }

    // Assemblies that refer to each other are read once each.
    private sealed class Together : DefaultAssemblyResolver
    {
        public ModuleDefinition Read(Type type)
        {
            var location = type.Assembly.Location;
            AddSearchDirectory(Path.GetDirectoryName(location));
            var module = ModuleDefinition.ReadModule(location, new() { InMemory = true, AssemblyResolver = this });
            RegisterAssembly(module.Assembly);
            return module;
        }
    }
}
