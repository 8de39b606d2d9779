namespace RbpfSpec.HouseRules;
