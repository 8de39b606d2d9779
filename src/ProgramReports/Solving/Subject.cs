using RbpfSpec.Images;
using RbpfSpec.Symbolic.Programs;

namespace RbpfSpec.ProgramReports.Solving;

/// <summary>A program that a question is about.</summary>
/// <param name="Program">The program, to be run on terms.</param>
/// <param name="Image">The image that it is from, which may tell lines of source.</param>
public sealed record Subject(SymbolicProgram Program, Image Image);
