/** The token of a virtual machine in Pulumi's vSphere package. */
export const VIRTUAL_MACHINE = 'vsphere:index/virtualMachine:VirtualMachine';
